import { describe, expect, it } from 'vitest'
import { originsToTry } from './origins-to-try.ts'

describe('origins to try', () => {
  it('are those of the list, the pages, a lookalike, a stranger and null, each once', () => {
    expect(originsToTry({ origins: ['https://app.example.com', 'null'] }, ['https://app.example.com', 'http://localhost:5173'])).toEqual([
      'https://app.example.com',
      'http://localhost:5173',
      'https://app.example.com.evil.example',
      'https://evil.example',
      'null',
    ])
  })

  it('take one origin that a pattern stands for', () => {
    expect(originsToTry({ origins: ['https://*.example.com', 'http://localhost:*'] }, []).slice(0, 2)).toEqual([
      'https://sub.example.com',
      'http://localhost:8080',
    ])
  })

  it('leave out what is no origin, and still have somebody to try', () => {
    expect(originsToTry({ origins: ['nonsense'] }, [])).toEqual(['https://app.example.com.evil.example', 'https://evil.example', 'null'])
    expect(originsToTry({ origins: 'any' }, [])).toContain('https://evil.example')
  })
})
