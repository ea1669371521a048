import { describe, expect, it } from 'vitest'
import { takeToken } from './token.ts'

function pageAt(hash: string, kept: Record<string, string> = {}) {
  const shown: string[] = []
  return {
    location: { hash, pathname: '/', search: '?x=1' },
    history: { replaceState: (_data: unknown, _unused: string, url: string) => shown.push(url) },
    sessionStorage: {
      getItem: (name: string) => kept[name] ?? null,
      setItem: (name: string, value: string) => void (kept[name] = value),
    },
    kept,
    shown,
  }
}

describe('the token', () => {
  it('is taken off the address bar and survives a reload of the tab', () => {
    const page = pageAt('#token=abc%2Fd')
    expect(takeToken(page)).toBe('abc/d')
    expect(page.shown).toEqual(['/?x=1'])
    expect(takeToken(pageAt('', page.kept))).toBe('abc/d')
  })

  it('is null where the page was opened without one', () => {
    expect(takeToken(pageAt('#other'))).toBeNull()
  })
})
