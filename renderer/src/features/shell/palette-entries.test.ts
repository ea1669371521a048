import { describe, expect, it } from 'vitest'
import { exampleWorkspace } from '#shared/scenario/example-workspace'
import { paletteEntries } from './palette-entries.ts'

const commands = [
  { does: 'Run the request', keys: 'Ctrl ↵', run: () => 'ran' },
  { does: 'Next pane', keys: 'F6', keysOnly: true, run: () => undefined },
]
const done: unknown[] = []
const entries = paletteEntries(
  commands,
  exampleWorkspace,
  {},
  {
    select: (...selected) => done.push(selected),
    askForHeader: (name) => done.push(name),
  },
)
const named = (text: string) => entries.find((entry) => entry.text === text)

describe('the palette', () => {
  it('has every request and server, and leads to it', () => {
    for (const { id, name } of exampleWorkspace.requests) {
      named(name)?.run()
      expect(done.at(-1)).toEqual(['request', id])
    }
    named('Orders API')?.run()
    expect(done.at(-1)).toEqual(['server', 'orders-api'])
    expect(named('Orders API')?.detail).toBe(':4001 stopped')
  })

  it('has every lesson', () => {
    named('The preflight')?.run()
    expect(done.at(-1)).toEqual(['lesson', 'preflight'])
    expect(named('The preflight')?.detail).toBe('lesson 5')
  })

  it('has the commands that make sense by name', () => {
    expect(named('Run the request')).toMatchObject({ keys: 'Ctrl ↵', group: 'Commands' })
    expect(named('Run the request')?.run()).toBe('ran')
    expect(named('Next pane')).toBeUndefined()
  })

  it('has each header name once, in one of its letter cases', () => {
    const headers = entries.filter(({ group }) => group === 'Headers').map(({ text }) => text)
    expect(headers.filter((name) => name.toLowerCase() === 'x-api-key')).toHaveLength(1)
    named('If-None-Match')?.run()
    expect(done.at(-1)).toBe('If-None-Match')
  })

  it('has no headers where no request is shown', () => {
    const without = paletteEntries(commands, exampleWorkspace, {}, { select: () => undefined, askForHeader: null })
    expect(without.some(({ group }) => group === 'Headers')).toBe(false)
  })
})
