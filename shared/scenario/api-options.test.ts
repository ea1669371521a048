import { describe, expect, it } from 'vitest'
import { asTold, methodOf } from './api-options.ts'
import type { ScenarioRequest } from './scenario.ts'

const whole: ScenarioRequest = {
  api: 'fetch',
  url: '/',
  method: 'PUT',
  headers: [['X-A', '1']],
  body: 'b',
  mode: 'cors',
  credentials: 'omit',
  redirect: 'error',
  uploadListener: true,
  crossorigin: '',
}

describe('what an API can be told', () => {
  it('is all that is left of a request', () => {
    expect(asTold({ ...whole, api: 'img' })).toEqual({ api: 'img', url: '/', headers: [], crossorigin: '' })
    expect(asTold({ ...whole, api: 'iframe' })).toEqual({ api: 'iframe', url: '/', headers: [] })
    expect(asTold({ ...whole, api: 'beacon' })).toEqual({ api: 'beacon', url: '/', headers: [], body: 'b' })
    expect(Object.keys(whole).filter((name) => !(name in asTold(whole)))).toEqual(['uploadListener', 'crossorigin'])
  })

  it('of credentials, XMLHttpRequest and EventSource take "include" alone', () => {
    expect(asTold({ ...whole, api: 'eventsource' })).toEqual({ api: 'eventsource', url: '/', headers: [] })
    expect(asTold({ ...whole, api: 'xhr', credentials: 'include' })).toMatchObject({ credentials: 'include' })
  })

  it('is not the method, of an element', () => {
    expect((['fetch', 'img', 'beacon'] as const).map((api) => methodOf({ ...whole, api }))).toEqual(['PUT', 'GET', 'POST'])
  })
})
