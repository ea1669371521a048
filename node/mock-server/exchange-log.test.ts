import { describe, expect, it } from 'vitest'
import type { ServerExchange } from '#shared/contract/wire'
import { ExchangeLog } from './exchange-log.ts'

const exchange = (id: string, bytes = ''): ServerExchange => ({
  id,
  serverId: 'orders',
  kind: 'request',
  method: 'GET',
  target: '/',
  origin: null,
  status: 200,
  startedAt: 0,
  request: { bytes, size: bytes.length },
  response: { bytes, size: bytes.length },
  answeredAfter: 0,
  endedAfter: 0,
})
const ids = (log: ExchangeLog): string[] => log.all().map(({ id }) => id)

describe('ExchangeLog', () => {
  it('keeps the last so many', () => {
    const log = new ExchangeLog({ count: 2, size: 1000 })
    for (const id of ['a', 'b', 'c']) log.push(exchange(id))
    expect(ids(log)).toEqual(['b', 'c'])
  })

  it('keeps no more bytes than it may, yet always the last', () => {
    const log = new ExchangeLog({ count: 100, size: 100 })
    log.push(exchange('a', 'x'.repeat(30)))
    log.push(exchange('b', 'x'.repeat(30)))
    expect(ids(log)).toEqual(['b'])
    log.push(exchange('c', 'x'.repeat(500)))
    expect(ids(log)).toEqual(['c'])
  })

  it('has room again after it was cleared', () => {
    const log = new ExchangeLog({ count: 100, size: 100 })
    log.push(exchange('a', 'x'.repeat(50)))
    log.clear()
    log.push(exchange('b', 'x'.repeat(50)))
    expect(ids(log)).toEqual(['b'])
  })
})
