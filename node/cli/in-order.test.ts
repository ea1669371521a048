import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { inOrder } from './in-order.ts'

// eslint-disable-next-line @typescript-eslint/require-await -- as a stream would
async function* upTo(count: number, onAsked: (item: number) => void = () => undefined) {
  for (let item = 0; item < count; item++) {
    onAsked(item)
    yield item
  }
}

describe('inOrder', () => {
  it('takes results in the order of the items, however long each takes', async () => {
    const taken: number[] = []
    const work = async (item: number) => {
      await sleep((item % 3) * 5)
      return item
    }
    await inOrder(upTo(20), 4, work, (item) => Promise.resolve(void taken.push(item)))
    expect(taken).toEqual(Array.from({ length: 20 }, (_, at) => at))
  })

  it('works on no more at once than it may, and asks for no item before', async () => {
    let [underWay, most, asked] = [0, 0, -1]
    const work = async (item: number) => {
      expect(asked).toBe(item)
      underWay += 1
      most = Math.max(most, underWay)
      await sleep(2)
      underWay -= 1
    }
    await inOrder(
      upTo(30, (item) => (asked = item)),
      3,
      work,
      () => Promise.resolve(),
    )
    expect(most).toBe(3)
  })

  it('tells a result before the next item has come', async () => {
    const taken: string[] = []
    async function* slowly() {
      yield 'first'
      while (taken.length === 0) await sleep(1)
      yield 'second'
    }
    await inOrder(slowly(), 4, Promise.resolve.bind(Promise), (item: string) => Promise.resolve(void taken.push(item)))
    expect(taken).toEqual(['first', 'second'])
  })

  it('ends with the error of whoever takes them', async () => {
    const full = () => Promise.reject(new Error('full'))
    await expect(inOrder(upTo(3), 2, (item) => Promise.resolve(item), full)).rejects.toThrow('full')
  })
})
