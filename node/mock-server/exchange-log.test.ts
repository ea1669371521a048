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
    received,
    sent,
    isRequest: false,
    status: 200,
    route: null,
    handled: true,
    startedAt: 0,
    answeredAfter: 0,
    endedAfter: 0,
    trouble: undefined,
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
    log.push({ ...exchange('a'), ...numbers, route: 'GET /straße/:id', trouble: 'Es ging schief: “ä”.', handled: false })
    const [, message = ''] = kept(log).join().split('>')
    expect(message).toBe('a<a')
    expect(log.all()).toMatchObject([
      { ...numbers, route: 'GET /straße/:id', trouble: 'Es ging schief: “ä”.', handled: false, status: 200 },
    ])
    log.push({ ...exchange('a'), isRequest: true, sent: new WireTape(), answeredAfter: null, status: null, trouble: 'It broke.' })
    const silent = { response: null, answeredAfter: null, status: null, route: null, handled: true, trouble: 'It broke.' }
    expect(log.newest(1)).toMatchObject([silent])
    log.push(exchange('b'))
    expect(log.newest(1)[0]).not.toHaveProperty('trouble')
  })
})
