import { describe, expect, it } from 'vitest'
import { WireTape } from '#node/wire-tape'
import { ExchangeLog } from './exchange-log.ts'
import type { SeenExchange } from './seen-exchange.ts'

let last = 0
function exchange(text: string): SeenExchange {
  const [received, sent] = [new WireTape(), new WireTape()]
  received.push(`>${text}`)
  sent.push(`<${text}`)
  return {
    number: ++last,
    startedAt: 0,
    answeredAfter: 0,
    endedAfter: 0,
    outcome: { received, sent, isRequest: false, status: 200, route: null, handled: true, trouble: undefined },
  }
}
const kept = (log: ExchangeLog): string[] => log.all().map(({ request, response }) => atob(request.bytes) + atob(response?.bytes ?? ''))

describe('ExchangeLog', () => {
  it('keeps the last so many, whole', () => {
    const log = new ExchangeLog('orders', { count: 2, size: 1000 })
    for (const text of ['a', 'bb', 'ccc', 'd', 'eeeee']) log.push(exchange(text))
    expect(kept(log)).toEqual(['>d<d', '>eeeee<eeeee'])
    expect(log.newest(1)).toMatchObject([{ serverId: 'orders', id: log.all()[1]?.id }])
  })

  it('keeps no more bytes than it may, yet always the last', () => {
    const log = new ExchangeLog('orders', { count: 100, size: 400 })
    const long = 'x'.repeat(500)
    log.push(exchange('a'.repeat(100)))
    log.push(exchange('b'.repeat(100)))
    expect(kept(log)).toEqual([`>${'b'.repeat(100)}<${'b'.repeat(100)}`])
    log.push(exchange(long))
    expect(kept(log)).toEqual([`>${long}<${long}`])
    log.push(exchange('d'))
    log.push(exchange('e'))
    expect(kept(log)).toEqual(['>d<d', '>e<e'])
  })

  it('keeps once what exchanges share, and no longer than one of them is there', () => {
    const log = new ExchangeLog('orders', { count: 50, size: 1200 })
    const [a, b] = ['a', 'b'].map((text) => ({ ...exchange(text.repeat(200)).outcome, isShared: true as const }))
    if (a === undefined || b === undefined) throw new Error('two')
    for (let n = 0; n < 20; n++) log.push({ ...exchange(''), outcome: n % 2 === 0 ? a : b })
    expect(kept(log)).toHaveLength(20)
    expect(kept(log).slice(-2)).toEqual(['a', 'b'].map((text) => `>${text.repeat(200)}<${text.repeat(200)}`))
    expect(new Set(log.all().map(({ id }) => id)).size).toBe(20)
    // All that is shared has to go before there is room for it.
    const long = 'c'.repeat(500)
    log.push(exchange(long))
    expect(kept(log)).toEqual([`>${long}<${long}`])
    for (let n = 0; n < 200; n++) log.push({ ...exchange(''), outcome: a })
    expect(kept(log)).toHaveLength(50)
    log.push(exchange('d'))
    expect(kept(log)).toHaveLength(50)
    expect(kept(log).at(-1)).toBe('>d<d')
  })

  it('mixes up nothing where long and short ones come and go', () => {
    const log = new ExchangeLog('orders', { count: 7, size: 3_000_000 })
    const texts = Array.from({ length: 200 }, (_, n) => `${n} ${'x'.repeat((n * 7919) % 5 === 0 ? 200_000 : n * 31)}`)
    for (const [n, text] of texts.entries()) {
      log.push(exchange(text))
      const last = texts.slice(0, n + 1).slice(-log.all().length)
      expect(kept(log)).toEqual(last.map((each) => `>${each}<${each}`))
    }
  })

  it('forgets nothing of an exchange', () => {
    const log = new ExchangeLog('orders')
    const numbers = { startedAt: 1_795_000_000_123, answeredAfter: 0.25, endedAfter: 1.5 }
    const { outcome } = exchange('a')
    log.push({ number: 1, ...numbers, outcome: { ...outcome, route: 'GET /straße/:id', trouble: 'Es ging schief: “ä”.', handled: false } })
    const [, message = ''] = kept(log).join().split('>')
    expect(message).toBe('a<a')
    expect(log.all()).toMatchObject([
      { ...numbers, route: 'GET /straße/:id', trouble: 'Es ging schief: “ä”.', handled: false, status: 200 },
    ])
    const broken = { ...outcome, isRequest: true, sent: new WireTape(), status: null, trouble: 'It broke.' }
    log.push({ ...exchange('a'), answeredAfter: NaN, outcome: broken })
    const silent = { response: null, answeredAfter: null, status: null, route: null, handled: true, trouble: 'It broke.' }
    expect(log.newest(1)).toMatchObject([silent])
    log.push(exchange('b'))
    expect(log.newest(1)[0]).not.toHaveProperty('trouble')
  })
})
