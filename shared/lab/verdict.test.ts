import { describe, expect, it } from 'vitest'
import type { Scenario, ServerStep } from '#shared/scenario/scenario'
import { diagramOf } from './diagram.ts'
import { differencesOf } from './differences.ts'
import { engineCells } from './engine-cells.ts'
import type { Standing } from './observed-cells.ts'
import { predict } from './predict.ts'
import type { ProfileName } from './prediction.ts'
import { rowSentence } from './row-sentence.ts'
import { stopWords } from './stop-words.ts'
import { verdictOf } from './verdict.ts'

const url = 'http://localhost:4001/orders/42'
const origin = 'http://app.example.com'
const page = { origin }

/** The request of the design's example: a PUT with a header that the server does not know, and one that engines judge differently. */
const put = (server: Omit<ServerStep, 'url'> | undefined, request: Partial<Scenario['request']> = {}): Scenario => ({
  id: 'order',
  page,
  request: {
    api: 'fetch',
    url,
    method: 'PUT',
    headers: [
      ['Content-Type', 'application/json'],
      ['X-API-Key', 'k'],
      ['Save-Data', 'on'],
    ],
    body: '{"status":"shipped"}',
    credentials: 'include',
    ...request,
  },
  ...(server ? { server: [{ url, ...server }] } : {}),
})

const allow = (headers: string): [string, string][] => [
  ['Access-Control-Allow-Origin', origin],
  ['Access-Control-Allow-Credentials', 'true'],
  ['Access-Control-Allow-Methods', 'GET, PUT, DELETE'],
  ['Access-Control-Allow-Headers', headers],
]
const refusing = { preflight: { status: 204, headers: allow('content-type, authorization') }, response: { status: 200, headers: [] } }
const in4 = (scenario: Scenario) => {
  const of = (profile: ProfileName) => predict(scenario, profile)
  return { standard: of('standard'), chromium: of('chromium'), firefox: of('firefox'), webkit: of('webkit') }
}

describe('the verdict in words', () => {
  it('names the header that the preflight does not allow', () => {
    const verdict = verdictOf(predict(put(refusing), 'chromium'))
    expect(verdict).toMatchObject({ kind: 'blocked-preflight', word: 'Blocked at the preflight', cause: 'x-api-key' })
    expect(verdict.sentence.run).toBe('The server does not allow `x-api-key`. The PUT was never sent; the script gets a network error.')
  })

  it('says that the handler ran where only the reading is blocked', () => {
    const verdict = verdictOf(
      predict(put({ response: { status: 200, headers: [] } }, { method: 'GET', headers: [], body: undefined }), 'firefox'),
    )
    expect(verdict).toMatchObject({ kind: 'blocked-cors-check', word: 'Blocked at the CORS check' })
    expect(verdict.sentence.predicted).toContain('The request would be sent and the handler would run; the script would read nothing.')
  })

  it('says which origin `*` would have to be with credentials', () => {
    const answer = { status: 200, headers: [['Access-Control-Allow-Origin', '*']] as [string, string][] }
    const verdict = verdictOf(predict(put({ response: answer }, { method: 'GET', headers: [], body: undefined }), 'webkit'))
    expect(verdict.sentence.run).toMatch(
      /^The server says `\*`\. With credentials it must name the origin, `http:\/\/app\.example\.com`\./,
    )
    expect(verdict.cause).toBe('*')
  })

  it('counts the headers that the script reads among those of the answer', () => {
    const answer = {
      status: 200,
      headers: [...allow(''), ['Content-Type', 'text/plain'], ['X-Total', '3']] as [string, string][],
      body: 'hello',
    }
    const verdict = verdictOf(predict(put({ response: answer }, { method: 'GET', headers: [], body: undefined }), 'chromium'))
    expect(verdict.sentence.run).toBe('The script reads status 200, the body and 1 of 6 headers.')
  })

  it('tells a dropped connection from a matter of CORS', () => {
    const verdict = verdictOf(predict(put({ preflight: { drop: true } }), 'chromium'))
    expect(verdict).toMatchObject({ kind: 'network-error', word: 'No answer' })
    expect(verdict.sentence.run).toContain('That is no matter of CORS')
  })

  it('says that a refused redirect stopped it, not the CORS check', () => {
    const answer = {
      status: 302,
      headers: [
        ['Access-Control-Allow-Origin', origin],
        ['Access-Control-Allow-Credentials', 'true'],
        ['Location', '/x'],
      ] as [string, string][],
    }
    const verdict = verdictOf(
      predict(put({ response: answer }, { method: 'GET', headers: [], body: undefined, redirect: 'error' }), 'chromium'),
    )
    expect(verdict).toMatchObject({ kind: 'network-error', word: 'Stopped at a redirect', cause: 'redirect' })
  })

  it('calls a forbidden method not sent', () =>
    expect(verdictOf(predict(put(refusing, { method: 'TRACE', body: undefined }), 'firefox'))).toMatchObject({
      kind: 'not-sent',
      word: 'Not sent',
      cause: 'TRACE',
    }))

  it('leaves open what nobody has answered', () => {
    const verdict = verdictOf(predict(put(undefined), 'chromium'))
    expect(verdict.kind).toBe('unanswered')
    expect(verdict.sentence.predicted).toContain('No mock server answers for `http://localhost:4001`')
  })
})

describe('the card of what stopped it', () => {
  it('shows what was asked beside what is allowed, and marks the name that is missing', () =>
    expect(stopWords(predict(put(refusing), 'chromium'))?.evidence).toEqual([
      { label: 'asked', value: 'content-type,x-api-key', bad: 'x-api-key' },
      { label: 'allowed', value: 'content-type, authorization', missing: 'x-api-key' },
    ]))

  it('points at the letter case of a method', () => {
    const lower = {
      preflight: {
        status: 204,
        headers: [...allow('content-type, x-api-key, save-data').slice(0, 2), ['Access-Control-Allow-Methods', 'PATCH']] as [
          string,
          string,
        ][],
      },
    }
    expect(stopWords(predict(put(lower, { method: 'patch' }), 'chromium'))?.because).toContain('letter by letter')
  })
})

describe('the exchange diagram', () => {
  it('goes from gate to gate, and shows as ghosts what a closed one kept back', () =>
    expect(diagramOf(predict(put(refusing), 'chromium'), { api: 'fetch' }).map((row) => [row.id, 'state' in row ? row.state : ''])).toEqual(
      [
        ['0.needs-preflight', 'yes'],
        ['0.preflight', 'sent'],
        ['0.preflight-answer', 'sent'],
        ['0.preflight-passes', 'closed'],
        ['0.request', 'not-reached'],
        ['0.request-answer', 'not-reached'],
        ['0.cors-check', 'not-reached'],
        ['end', 'unreadable'],
      ],
    ))

  it('repeats messages and gates at the URL a redirect leads to, where the origin is null', () => {
    const there = 'http://localhost:4002/'
    const answer = {
      status: 307,
      headers: [
        ['Access-Control-Allow-Origin', '*'],
        ['Location', there],
      ] as [string, string][],
    }
    const scenario: Scenario = {
      id: 'redirected',
      page,
      request: { api: 'fetch', url, headers: [] },
      server: [
        { url, response: answer },
        { url: there, response: { status: 200, headers: [['Access-Control-Allow-Origin', '*']] } },
      ],
    }
    const rows = diagramOf(predict(scenario, 'standard'), { api: 'fetch' })
    expect(rows.find(({ kind }) => kind === 'redirect')).toMatchObject({ url: there })
    expect(rows.find(({ id }) => id === '1.request')).toMatchObject({ note: 'with `Origin: null`' })
    expect(rows.filter((row) => row.kind === 'gate' && row.gate === 'cors-check' && row.state === 'passed')).toHaveLength(2)
  })

  it('reads as sentences', () => {
    const predictions = in4(put(refusing))
    const engine = (profile: ProfileName) => ({ prediction: predictions[profile], rows: diagramOf(predictions[profile], { api: 'fetch' }) })
    const engines = { standard: engine('standard'), chromium: engine('chromium'), firefox: engine('firefox'), webkit: engine('webkit') }
    const row = engines.chromium.rows.find(({ id }) => id === '0.preflight-passes')
    if (!row) throw new Error('The gate is missing')
    const all = engineCells(row, 'chromium', engines)
    const cell = (profile: ProfileName, standing: Standing) => ({ ...all[profile], standing, disagrees: false })
    const cells = {
      chromium: cell('chromium', 'run'),
      firefox: cell('firefox', 'observed'),
      webkit: cell('webkit', 'predicted'),
      standard: cell('standard', 'predicted'),
    }
    expect(rowSentence({ row, cells, shown: 'chromium', time: '3.2', size: null })).toMatch(
      /^3\.2 ms, preflight passes: no, x-api-key is not in Access-Control-Allow-Headers; Chromium blocked, x-api-key; Firefox blocked, .+, observed; WebKit blocked, .+, predicted$/,
    )
  })

  it('marks the engines that ask for another header', () => {
    const predictions = in4(put(refusing))
    const engine = (profile: ProfileName) => ({ prediction: predictions[profile], rows: diagramOf(predictions[profile], { api: 'fetch' }) })
    const engines = { standard: engine('standard'), chromium: engine('chromium'), firefox: engine('firefox'), webkit: engine('webkit') }
    const row = engines.chromium.rows.find(({ id }) => id === '0.preflight')
    if (!row) throw new Error('The preflight is missing')
    expect(engineCells(row, 'chromium', engines)).toMatchObject({
      chromium: { mark: 'same' },
      firefox: { mark: 'differs', note: 'also asks for `save-data`' },
    })
  })
})

describe('where the engines differ', () => {
  it('lists the header that only some ask for, and who stands apart', () =>
    expect(differencesOf(in4(put(refusing)), 'chromium')).toContainEqual({
      what: 'Preflight asks for `save-data`',
      values: { standard: 'yes', chromium: 'no', firefox: 'yes', webkit: 'yes' },
      apart: ['chromium'],
    }))

  it('is empty where they agree', () => {
    const answer = { status: 200, headers: [['Access-Control-Allow-Origin', '*']] as [string, string][], body: 'x' }
    expect(
      differencesOf(
        in4({ id: 'same', page, request: { api: 'fetch', url, headers: [] }, server: [{ url, response: answer }] }),
        'chromium',
      ),
    ).toEqual([])
  })
})
