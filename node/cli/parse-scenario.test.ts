import { describe, expect, it } from 'vitest'
import { isScenario, parseScenario } from './parse-scenario.ts'

const scenario = { id: 's', page: { origin: 'https://app.example' }, request: { api: 'fetch', url: 'http://localhost:4001/', headers: [] } }

describe('parseScenario', () => {
  it('reads a scenario, and leaves out what a scenario does not know', () => {
    const parsed = parseScenario(JSON.stringify({ ...scenario, family: 'basic' }))
    expect(parsed).toEqual(scenario)
    expect(isScenario(parsed)).toBe(true)
  })

  it.each([
    ['', 'Line 1, column 1'],
    ['nonsense', 'Line 1, column 2'],
    ['x', 'Line 1, column 1'],
    ['{"a":}', 'Line 1, column 6'],
    ['{"a":1,}', 'Line 1, column 8'],
    ['{"id": "s"} {"id": "t"}', 'Line 1, column 13'],
    ['{\n  "id": "s",\n  "page" {}\n}', 'Line 3, column 10'],
    ['{\n  "id": "s",\n  "page": {"origin": "https://a', 'Line 3, column 32'],
  ])('says where %j stops being JSON', (text, where) => {
    const parsed = parseScenario(text)
    expect(parsed).toEqual({ where, reason: expect.stringMatching(/^Not JSON: [^"]*\.$/) as string })
    expect(isScenario(parsed)).toBe(false)
  })

  it.each([
    ['null', 'The whole value'],
    ['[]', 'id'],
    ['{}', 'id'],
    [JSON.stringify({ ...scenario, page: { origin: 7 } }), 'page.origin'],
    [JSON.stringify({ ...scenario, request: { ...scenario.request, api: 'semaphore' } }), 'request.api'],
    [JSON.stringify({ ...scenario, request: { ...scenario.request, headers: [['a', 1]] } }), 'request.headers.0.1'],
  ])('names the field in which %s is no scenario', (text, where) => expect(parseScenario(text)).toMatchObject({ where }))
})
