import { describe, expect, it } from 'vitest'
import { Turns } from './turns.ts'

/** Work that ends when it is told to. */
function work(turns: Turns<string>) {
  const begun: string[] = []
  const ends = new Map<string, () => void>()
  const start = (item: string) =>
    turns.run(item, () => {
      begun.push(item)
      return new Promise<string>((resolve) => ends.set(item, () => resolve(item)))
    })
  return { begun, start, end: (item: string) => ends.get(item)?.() }
}

describe('Turns', () => {
  it('lets no more go at once than it was told', async () => {
    const { begun, start, end } = work(new Turns(2, () => false))
    const [first] = [start('a'), start('b'), start('c'), start('d')]
    expect(begun).toEqual(['a', 'b'])
    end('a')
    await first
    expect(begun).toEqual(['a', 'b', 'c'])
  })

  it('takes what is ready before what has waited longer', async () => {
    const { begun, start, end } = work(new Turns(1, (item) => item.startsWith('ready')))
    const [first] = [start('a'), start('b'), start('ready c')]
    end('a')
    await first
    expect(begun).toEqual(['a', 'ready c'])
  })

  it('goes on after work that fails', async () => {
    const turns = new Turns<string>(1, () => false)
    const failing = turns.run('a', () => Promise.reject(new Error('No.')))
    const next = turns.run('b', () => Promise.resolve('done'))
    await expect(failing).rejects.toThrow('No.')
    await expect(next).resolves.toBe('done')
    await expect(turns.run('c', () => Promise.resolve('free again'))).resolves.toBe('free again')
  })
})
