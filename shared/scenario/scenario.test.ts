import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { Scenario } from './scenario.ts'

const page = { origin: 'http://app.test' }
const one = { api: 'fetch', url: 'http://api.test/1', headers: [] }
const two = { api: 'img', url: 'http://api.test/2', headers: [], crossorigin: 'anonymous', after: 300 }

describe('a scenario', () => {
  it('with one request is as it was written', () => {
    expect(v.parse(Scenario, { id: 'a', page, request: one })).toEqual({ id: 'a', page, request: one })
  })

  it('has the first of its requests as `request` and the later ones as `then`, written either way', () => {
    const scenario = { id: 'a', page, request: one, then: [two] }
    expect(v.parse(Scenario, { id: 'a', page, requests: [one, two] })).toEqual(scenario)
    expect(v.parse(Scenario, scenario)).toEqual(scenario)
  })

  it('says in which of several requests a mistake is', () => {
    const { issues } = v.safeParse(Scenario, { id: 'a', page, requests: [one, { ...two, after: -1 }] })
    expect(issues?.map((issue) => v.getDotPath(issue))).toEqual(['requests.1.after'])
  })

  it('has one request at least', () => expect(v.is(Scenario, { id: 'a', page, requests: [] })).toBe(false))
})
