import { describe, expect, it } from 'vitest'
import { standardWays } from '#shared/fetch/browser-profile'
import { originOf } from '#shared/fetch/origin'
import type { API, ScriptedRequest } from '#shared/fetch/scripted-request'
import { requestOfAPI } from './request-of-api.ts'

const client = { origin: originOf('https://app.example/'), baseURL: 'https://app.example/dir/page.html', referrer: 'https://app.example/' }
const made = (scripted: Pick<ScriptedRequest, 'api'> & Partial<ScriptedRequest>, ways = standardWays) =>
  requestOfAPI({ url: 'https://api.example/x', headers: [], ...scripted }, client, ways)
const requestOf = (scripted: Parameters<typeof made>[0]) => {
  const constructed = made(scripted)
  if (!('request' in constructed)) throw new Error('No request was made.')
  return constructed.request
}

describe('the request of an element or API', () => {
  it.each<[API, string | undefined, string, string, string]>([
    ['img', undefined, 'no-cors', 'include', 'image'],
    ['img', '', 'cors', 'same-origin', 'image'],
    ['img', 'nonsense', 'cors', 'same-origin', 'image'],
    ['img', 'Use-Credentials', 'cors', 'include', 'image'],
    ['script', undefined, 'no-cors', 'include', 'script'],
    ['script', 'anonymous', 'cors', 'same-origin', 'script'],
    ['module', undefined, 'cors', 'same-origin', 'script'],
    ['module', 'use-credentials', 'cors', 'include', 'script'],
    ['import', undefined, 'cors', 'same-origin', 'script'],
    ['stylesheet', undefined, 'no-cors', 'include', 'style'],
    ['stylesheet', '', 'cors', 'same-origin', 'style'],
    ['link-preload-fetch', undefined, 'no-cors', 'include', ''],
    ['link-preload-fetch', '', 'cors', 'same-origin', ''],
    ['font', undefined, 'cors', 'same-origin', 'font'],
    ['iframe', undefined, 'navigate', 'include', 'iframe'],
    ['worker', undefined, 'same-origin', 'same-origin', 'worker'],
  ])('%s with crossorigin %s: mode "%s", credentials mode "%s", destination "%s"', (api, crossorigin, mode, credentialsMode, destination) =>
    expect(requestOf({ api, crossorigin })).toMatchObject({ method: 'GET', mode, credentialsMode, destination }),
  )

  it('takes the URL relative to the page', () =>
    expect(requestOf({ api: 'img', url: '../a.png' }).urlList[0]?.href).toBe('https://app.example/a.png'))

  it.each<[string | undefined, string]>([
    [undefined, 'same-origin'],
    ['include', 'include'],
  ])('an EventSource with credentials %s has credentials mode "%s", and is not cached', (credentials, credentialsMode) =>
    expect(requestOf({ api: 'eventsource', credentials })).toMatchObject({
      mode: 'cors',
      credentialsMode,
      cacheMode: 'no-store',
      headerList: [['Accept', 'text/event-stream']],
    }),
  )
})

describe('a URL that is none', () => {
  it.each<[API, string]>([
    ['img', 'network-error'],
    ['script', 'network-error'],
    ['module', 'network-error'],
    ['import', 'network-error'],
    ['iframe', 'load'],
  ])('%s: %s, and nothing is sent', (api, outcome) => expect(made({ api, url: 'https://' })).toMatchObject({ ended: { outcome } }))

  it.each<[API, string]>([
    ['worker', 'SyntaxError'],
    ['eventsource', 'SyntaxError'],
    ['beacon', 'TypeError'],
  ])('%s throws a %s', (api, result) => expect(made({ api, url: 'https://' })).toMatchObject({ exception: { result } }))

  it('import() takes a name without a leading ./ for none', () =>
    expect(made({ api: 'import', url: 'lodash' })).toMatchObject({ ended: { outcome: 'network-error' } }))
})

describe('a worker of another origin', () => {
  it('is a request that fails, in the standard', () => expect(requestOf({ api: 'worker' }).mode).toBe('same-origin'))

  it('throws where the browser looks at once', () =>
    expect(made({ api: 'worker' }, { ...standardWays, workersThrowElsewhere: true })).toMatchObject({
      exception: { result: 'SecurityError' },
    }))
})
