import type { API } from '#shared/fetch/scripted-request'
import type { ScenarioRequest } from './scenario.ts'

/** What an API or an element can be told besides the URL; what it cannot be told, a scenario's request may hold, but it stays aside. */
export interface APIOptions {
  /** As it is written in code or markup. */
  readonly written: string
  readonly method: boolean
  readonly headers: boolean
  readonly body: boolean
  readonly mode: boolean
  /** `withCredentials`: "include" or nothing. */
  readonly credentials: 'any' | 'withCredentials' | 'none'
  readonly redirect: boolean
  readonly uploadListener: boolean
  /** The attribute. */
  readonly crossorigin: boolean
}

const nothing = {
  method: false,
  headers: false,
  body: false,
  mode: false,
  credentials: 'none',
  redirect: false,
  uploadListener: false,
  crossorigin: false,
} as const

const element = { ...nothing, crossorigin: true }

/** By API, in the order in which they are offered. */
export const apiOptions: Readonly<Record<API, APIOptions>> = {
  fetch: { ...nothing, written: 'fetch()', method: true, headers: true, body: true, mode: true, credentials: 'any', redirect: true },
  xhr: {
    ...nothing,
    written: 'XMLHttpRequest',
    method: true,
    headers: true,
    body: true,
    credentials: 'withCredentials',
    uploadListener: true,
  },
  img: { ...element, written: '<img>' },
  script: { ...element, written: '<script>' },
  module: { ...element, written: '<script type="module">' },
  stylesheet: { ...element, written: '<link rel="stylesheet">' },
  font: { ...nothing, written: 'new FontFace()' },
  'link-preload-fetch': { ...element, written: '<link rel="preload" as="fetch">' },
  iframe: { ...nothing, written: '<iframe>' },
  worker: { ...nothing, written: 'new Worker()' },
  import: { ...nothing, written: 'import()' },
  eventsource: { ...nothing, written: 'EventSource', credentials: 'withCredentials' },
  beacon: { ...nothing, written: 'navigator.sendBeacon()', body: true },
}

/** A request with nothing in it that its API cannot be told. */
export function asTold(request: ScenarioRequest): ScenarioRequest {
  const takes = apiOptions[request.api]
  const told = { ...request }
  if (!takes.method) delete told.method
  if (!takes.headers) told.headers = []
  if (!takes.body) delete told.body
  if (!takes.mode) delete told.mode
  if (!takes.redirect) delete told.redirect
  if (!takes.uploadListener) delete told.uploadListener
  if (!takes.crossorigin) delete told.crossorigin
  if (takes.credentials === 'none' || (takes.credentials === 'withCredentials' && request.credentials !== 'include'))
    delete told.credentials
  return told
}

/** As it is written, or as the API chooses it. */
export const methodOf = ({ api, method = 'GET' }: Pick<ScenarioRequest, 'api' | 'method'>): string =>
  apiOptions[api].method ? method : api === 'beacon' ? 'POST' : 'GET'
