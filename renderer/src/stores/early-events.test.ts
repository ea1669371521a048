import { describe, expect, it } from 'vitest'
import { useEarlyEvents } from './early-events.ts'

function told() {
  const owners = new Map<string, string[]>()
  const events = useEarlyEvents((id) => owners.get(id))
  const say = (id: string, what: string) => events.tell(id, (heard) => heard.push(what))
  /** A call whose reply comes when it is told to. */
  const begin = (id: string) => {
    let reply = () => {}
    const replied = new Promise<void>((resolve) => (reply = resolve))
    const begun = events.awaiting(async () => {
      await replied
      owners.set(id, [])
      return id
    })
    return { begun, reply }
  }
  return { owners, events, say, begin }
}

describe('an event that overtakes the reply which says its id', () => {
  it('is told once the reply is here, in the order in which they came', async () => {
    const { owners, say, begin } = told()
    const { begun, reply } = begin('a')
    say('a', 'first')
    say('a', 'second')
    reply()
    expect(await begun).toBe('a')
    say('a', 'third')
    expect(owners.get('a')).toEqual(['first', 'second', 'third'])
  })

  it('waits for its own reply where several are awaited', async () => {
    const { owners, say, begin } = told()
    const [a, b] = [begin('a'), begin('b')]
    say('b', 'for b')
    a.reply()
    await a.begun
    expect(owners.get('a')).toEqual([])
    b.reply()
    await b.begun
    expect(owners.get('b')).toEqual(['for b'])
  })

  it('is forgotten where no reply is awaited, and where the call fails', async () => {
    const { owners, events, say } = told()
    say('a', 'of another window')
    const failing = events.awaiting(() => Promise.reject(new Error('No.')))
    say('a', 'of a call that failed')
    await expect(failing).rejects.toThrow('No.')
    owners.set('a', [])
    await events.awaiting(() => Promise.resolve('a'))
    expect(owners.get('a')).toEqual([])
  })
})
