import { describe, expect, it } from 'vitest'
import type { RunExchange } from '#shared/contract/wire'
import type { RunResult } from '#shared/contract/methods'
import type { Scenario } from '#shared/scenario/scenario'
import { throwAwayCertificates } from '../../tests/support/throw-away-certificates.ts'
import { run } from './run.ts'

const origin = 'http://localhost:5173'
const certificates = throwAwayCertificates()

describe('a run of a scenario with server steps of its own', () => {
  const url = 'http://api.test:9000/a'
  const scenario = (server: NonNullable<Scenario['server']>, target = url): Scenario => ({
    id: 's',
    page: { origin },
    request: { api: 'fetch', url: target, headers: [] },
    server,
  })
  async function carryOut(each: Scenario): Promise<RunResult & { exchanges: RunExchange[] }> {
    const exchanges: RunExchange[] = []
    const { signal } = new AbortController()
    const onExchange = (exchange: RunExchange) => exchanges.push(exchange)
    return { ...(await run({ scenario: each, profile: 'standard', timeout: 20_000, signal, onExchange, certificates })), exchanges }
  }

  it('plays them on loopback without touching the URL or Host, and adds no header', async () => {
    const headers: [string, string][] = [
      ['Access-Control-Allow-Origin', '*'],
      ['X-a', '1'],
    ]
    const each = scenario([{ url, response: { status: 200, headers, body: 'hé' } }])
    const { prediction, exchanges } = await carryOut(each)
    expect(prediction.exchanges[0]?.answer).toMatchObject({ headerList: headers, body: 'h\xc3\xa9' })
    expect(Buffer.from(exchanges[0]?.request.bytes ?? '', 'base64').toString('latin1')).toContain(
      'GET /a HTTP/1.1\r\nHost: api.test:9000\r\n',
    )
  })

  it('answers 500 where no step does, and closes where one says drop', async () => {
    expect((await carryOut(scenario([]))).prediction.exchanges[0]?.answer).toMatchObject({ status: 500, headerList: [] })
    expect((await carryOut(scenario([{ url, response: { drop: true } }]))).prediction.exchanges[0]?.answer).toMatchObject({
      type: 'network-error',
    })
  })

  it.each(['https://api.test/a', 'https://api.test:8443/a', 'https://192.0.2.1/a', 'https://[2001:db8::1]/a'])(
    'plays them over TLS, by certificates for their hosts: %s',
    async (secure) => {
      const headers: [string, string][] = [['Access-Control-Allow-Origin', '*']]
      const { prediction } = await carryOut(scenario([{ url: secure, response: { status: 200, headers, body: 'ok' } }], secure))
      expect(prediction).toMatchObject({ outcome: 'cors', exchanges: [{ answer: { type: 'response', headerList: headers, body: 'ok' } }] })
    },
  )

  it('tells both schemes apart at one host and port, and follows from one to the other', async () => {
    const [plain, secure] = ['http://api.test:9000/a', 'https://api.test:9000/a']
    const allow: [string, string] = ['Access-Control-Allow-Origin', '*']
    const { prediction } = await carryOut(
      scenario(
        [
          { url: plain, response: { status: 302, headers: [allow, ['Location', secure]] } },
          { url: secure, response: { status: 200, headers: [allow], body: 'inside' } },
        ],
        plain,
      ),
    )
    expect(prediction.exchanges.map(({ url, answer }) => [url, answer.type === 'response' && answer.body])).toEqual([
      [plain, ''],
      [secure, 'inside'],
    ])
  })
})
