import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { aloneIn, requestsOf } from './one-request.ts'
import { Scenario } from './scenario.ts'
import { SavedRequest } from './workspace.ts'

const asked = (method: string) => ({ api: 'fetch' as const, url: 'http://api.test/', method, headers: [] })
const scenario = v.parse(Scenario, {
  id: 'one',
  page: { origin: 'http://app.test' },
  request: asked('GET'),
  then: [{ ...asked('PUT'), after: 500 }, asked('DELETE')],
})

describe('one request of a scenario', () => {
  it('is found by its place', () => {
    expect(requestsOf(scenario).map(({ method }) => method)).toEqual(['GET', 'PUT', 'DELETE'])
  })

  it('is a scenario without the others, and without its wait', () => {
    expect(aloneIn(scenario, 1)).toEqual({ id: 'one', page: scenario.page, request: asked('PUT') })
    expect(aloneIn(scenario, 0)).toEqual({ id: 'one', page: scenario.page, request: asked('GET') })
  })
})

describe('a saved request', () => {
  const saved = { id: 'r', name: 'List', page: scenario.page, request: asked('GET') }

  it('of an older file is one by itself', () => {
    expect(v.parse(SavedRequest, saved)).not.toHaveProperty('then')
  })

  it('takes no later one with a wait below nothing', () => {
    expect(v.safeParse(SavedRequest, { ...saved, then: [{ ...asked('PUT'), after: -1 }] }).success).toBe(false)
    expect(v.parse(SavedRequest, { ...saved, then: [{ ...asked('PUT'), after: 5 }] }).then).toEqual([
      { ...asked('PUT'), after: 5, disabledHeaders: [] },
    ])
  })
})
