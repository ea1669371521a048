import { describe, expect, it } from 'vitest'
import { standardCookies, standardWays } from '#shared/fetch/browser-profile'
import type { BrowserWays } from '#shared/fetch/browser-profile'
import type { CookieStore } from '#shared/fetch/cookie-store'
import type { FetchParams } from '#shared/fetch/fetch-params'
import { basicFilteredResponse, corsFilteredResponse, opaqueFilteredResponse } from '#shared/fetch/filtered-response'
import type { Header } from '#shared/fetch/header-list'
import { standardMixedContent } from '#shared/fetch/mixed-content'
import { originOf } from '#shared/fetch/origin'
import { networkError } from '#shared/fetch/response'
import type { ActualResponse, Response } from '#shared/fetch/response'
import type { API } from '#shared/fetch/scripted-request'
import { headerOrder } from '#shared/fetch/wire-habits'
import { endingOfAPI } from './ending-of-api.ts'
import { requestOfAPI } from './request-of-api.ts'

type HTMLsAPI = Parameters<typeof endingOfAPI>[0]

const noCookies: CookieStore = {
  isEmpty: true,
  retrieve: () => ({ sent: [], stayed: [] }),
  store: () => ({ store: noCookies, name: '', refused: null }),
}
const client = { origin: originOf('https://app.example/'), baseURL: 'https://app.example/', referrer: null }

/** Where the steps of an API stand when its response comes in. */
function paramsOf(api: HTMLsAPI, ways: Partial<BrowserWays>, url: string): FetchParams {
  const own = { ...standardWays, ...ways }
  const constructed = requestOfAPI({ api, url, headers: [] }, client, own)
  if (!('request' in constructed)) throw new Error('No request was made.')
  return {
    request: constructed.request,
    profile: {
      name: 'standard',
      label: '',
      version: '',
      shortName: 'Std',
      maxAgeLimit: 0,
      userAgent: '',
      deviations: [],
      ways: own,
      cookies: standardCookies,
      mixedContent: standardMixedContent,
      wire: {
        accept: {},
        acceptLanguage: null,
        acceptEncoding: ['', ''],
        clientHints: [],
        always: [],
        ofInitiator: {},
        preflightAlwaysSaysMode: false,
        preflightOrder: headerOrder(),
        requestOrder: headerOrder(),
      },
    },
    registrableDomain: () => null,
    trace: [],
    exchanges: [],
    preflightCache: [],
    cookieStore: noCookies,
    pageOrigin: 'https://app.example',
    now: 0,
    startedAt: 0,
    authorHeaderList: [],
    droppedHeaders: [],
    memory: { preflighted: false, originHeader: null, credentialed: true, hadBody: false, lateRefusal: null, strippedHere: new Set() },
  }
}

interface Given {
  readonly status?: number
  readonly type?: string
  readonly body?: string
  readonly filter?: (response: ActualResponse) => Response
  readonly ways?: Partial<BrowserWays>
  readonly url?: string
}

const opaque = opaqueFilteredResponse
const cors = (response: ActualResponse) => corsFilteredResponse(response, new Set())

/** What comes of it, and the step that ruled last. */
function ended(api: HTMLsAPI, { status = 200, type, body = '', filter = opaque, ways = {}, url = 'https://api.example/' }: Given) {
  const headerList: Header[] = type === undefined ? [] : [['Content-Type', type]]
  const fetchParams = paramsOf(api, ways, url)
  const ending = endingOfAPI(api, fetchParams, filter({ type: 'default', status, headerList, body }))
  const { step, result } = fetchParams.trace.at(-1) ?? {}
  return { ...ending, step, result }
}
const loads = { outcome: 'load' }
const fails = { outcome: 'network-error' }
const failing = () => networkError

describe('an image', () => {
  const svg = { type: 'image/svg+xml', body: '<svg xmlns="http://www.w3.org/2000/svg"/>' }
  const gif = { body: 'GIF89a\x01\0\x01\0\0\0\0,\0\0\0\0\x01\0\x01\0\0\x02\x02D\x01\0;' }

  it('loads whatever the status is, and whatever the type of its bytes', () => {
    expect(ended('img', { ...svg, status: 404 })).toMatchObject(loads)
    expect(ended('img', { ...gif, type: 'text/plain', status: 500 })).toMatchObject(loads)
  })
  it('fails where the body is no image', () => expect(ended('img', { type: 'image/png', body: 'text' })).toMatchObject(fails))
  it('taints a canvas where it is CORS-cross-origin', () => {
    expect(ended('img', svg).result).toBe('CORS-cross-origin')
    expect(ended('img', { ...svg, filter: cors }).result).toBe('CORS-same-origin')
  })
  it('is told by its bytes first in some browsers', () => {
    const ways = { sniffsImagesFirst: true }
    expect(ended('img', { ...gif, type: 'image/svg+xml', ways })).toMatchObject(loads)
    expect(ended('img', { ...gif, type: 'image/svg+xml' })).toMatchObject(fails)
    expect(ended('img', { ...svg, status: 404, ways })).toMatchObject(fails)
  })
  it('is not modelled where nobody knows the body', () => {
    const fetchParams = paramsOf('img', {}, 'https://api.example/')
    expect(endingOfAPI('img', fetchParams, opaque({ type: 'default', status: 200, headerList: [] })).outcome).toBe('not modelled')
  })
})

describe('a classic script', () => {
  it('runs whatever its type is', () => expect(ended('script', { type: 'text/html' })).toMatchObject(loads))
  it('has muted errors where it is CORS-cross-origin', () => {
    expect(ended('script', {})).toMatchObject({ step: 'fetch-a-classic-script/5.6', result: 'muted errors' })
    expect(ended('script', { filter: cors }).result).toBe('errors are reported')
    expect(ended('script', { filter: basicFilteredResponse }).result).toBe('errors are reported')
  })
  it('needs an ok status and a body', () => {
    for (const status of [204, 304, 404, 500])
      expect(ended('script', { status })).toMatchObject({ ...fails, step: 'fetch-a-classic-script/5.2' })
  })
  it('makes do with less in some browsers', () => {
    expect(ended('script', { status: 204, ways: { takesNoBodyForEmpty: true } })).toMatchObject(loads)
    expect(ended('script', { status: 300, ways: { runsScriptsOfRedirectStatus: 'classic' } })).toMatchObject(loads)
    expect(ended('script', { status: 404, ways: { runsScriptsOfRedirectStatus: 'classic' } })).toMatchObject(fails)
  })
})

describe.each<[HTMLsAPI, string]>([
  ['module', 'fetch-a-single-module-script'],
  ['import', 'fetch-a-single-module-script'],
  ['worker', 'fetch-a-classic-worker-script'],
])('%s', (api, algorithm) => {
  const url = 'https://app.example/'

  it('runs where it is JavaScript by its type', () =>
    expect(ended(api, { type: 'text/javascript', filter: cors, url })).toMatchObject(loads))
  it('fails where it is not', () => {
    for (const type of ['text/plain', undefined])
      expect(ended(api, { ...(type === undefined ? {} : { type }), filter: cors, url })).toMatchObject({
        ...fails,
        step: `${algorithm}/mime-type`,
      })
  })
  it('needs an ok status', () =>
    expect(ended(api, { type: 'text/javascript', status: 404, filter: cors, url })).toMatchObject({
      ...fails,
      step: `${algorithm}/status`,
    }))
})

describe('a module with a syntax error', () => {
  const given = { type: 'text/javascript', body: 'return 1', filter: cors }

  it('rejects the promise of import()', () => expect(ended('import', given)).toMatchObject(fails))
  it('lets an element fire load', () => expect(ended('module', given)).toMatchObject(loads))
  it('is not modelled where it asks for others instead', () =>
    expect(ended('import', { ...given, body: 'import "./x.js"' }).outcome).toBe('not modelled'))
})

describe('a style sheet', () => {
  it('applies where it is text/css by its type, or has none', () => {
    expect(ended('stylesheet', { type: 'text/css;charset=utf-8' })).toMatchObject({ ...loads, result: 'not origin-clean' })
    expect(ended('stylesheet', { filter: cors })).toMatchObject({ ...loads, result: 'origin-clean' })
  })
  it('fails where it is of another type or has no ok status', () => {
    expect(ended('stylesheet', { type: 'text/plain' })).toMatchObject({ ...fails, step: 'link-type-stylesheet/mime-type' })
    expect(ended('stylesheet', { type: 'text/css', status: 404 })).toMatchObject({ ...fails, step: 'link-type-stylesheet/status' })
  })
  it('fires load without effect in some browsers', () =>
    expect(ended('stylesheet', { type: 'text/plain', ways: { loadsSheetsOfAnyType: true } })).toMatchObject(loads))
})

describe('a preload', () => {
  it('fires load for any response, and error for a network error', () => {
    expect(ended('link-preload-fetch', { status: 500 })).toMatchObject(loads)
    expect(ended('link-preload-fetch', { filter: failing })).toMatchObject(fails)
  })
  it('fires error in some browsers where it may look at a status that is not ok', () => {
    const ways = { preloadsHideFailures: true }
    expect(ended('link-preload-fetch', { status: 500, filter: cors, ways })).toMatchObject(fails)
    expect(ended('link-preload-fetch', { status: 500, ways })).toMatchObject(loads)
  })
})

describe('an iframe', () => {
  it('fires load for an error page as for any other', () =>
    expect(ended('iframe', { filter: failing })).toEqual({ ...loads, step: 'iframe-load-event-steps/load', result: 'an error page' }))
  it('is readable where it is of the page’s origin', () => {
    expect(ended('iframe', { filter: basicFilteredResponse, type: 'text/html', url: 'https://app.example/b' }).readable).toBe(true)
    expect(ended('iframe', { filter: basicFilteredResponse, type: 'text/html' }).readable).toBeUndefined()
  })
})

describe('X-Frame-Options', () => {
  const framed = (value: string, url: string) => {
    const fetchParams = paramsOf('iframe', {}, url)
    const headerList: Header[] = [
      ['Content-Type', 'text/html'],
      ['X-Frame-Options', value],
    ]
    return (
      endingOfAPI('iframe', fetchParams, basicFilteredResponse({ type: 'default', status: 200, headerList, body: '' })).readable ?? false
    )
  }
  const home = 'https://app.example/b'

  it.each(['DENY', 'deny, deny', 'SAMEORIGIN, ALLOWALL'])('%s forbids a page its own frame', (value) =>
    expect(framed(value, home)).toBe(false),
  )
  it.each(['SAMEORIGIN', 'ALLOWALL', 'nonsense', 'a, b', ''])('%j lets a page frame its own', (value) =>
    expect(framed(value, home)).toBe(true),
  )
  it.each(['SAMEORIGIN', 'DENY'])('%s shows an error page elsewhere', (value) => {
    const fetchParams = paramsOf('iframe', {}, 'https://api.example/')
    const headerList: Header[] = [['X-Frame-Options', value]]
    endingOfAPI('iframe', fetchParams, basicFilteredResponse({ type: 'default', status: 200, headerList, body: '' }))
    expect(fetchParams.trace.map(({ result }) => result)).toEqual(['false', 'an error page'])
  })
})

it.each([
  ['an attachment', 200, [['Content-Disposition', 'attachment; filename=a']]],
  ['no body', 204, []],
  ['another type', 200, [['Content-Type', 'application/zip']]],
] as const)('an iframe with %s is not modelled', (_, status, headerList) => {
  const fetchParams = paramsOf('iframe', {}, 'https://api.example/')
  expect(endingOfAPI('iframe', fetchParams, basicFilteredResponse({ type: 'default', status, headerList, body: '' })).outcome).toBe(
    'not modelled',
  )
})

describe('an EventSource', () => {
  it('opens where status and type are right', () =>
    expect(ended('eventsource', { type: 'text/event-stream;charset=utf-8', filter: cors })).toMatchObject({ ...loads, result: 'open' }))
  it('fails where one of them is not', () => {
    for (const given of [{ type: 'text/plain' }, { type: 'text/event-stream', status: 204 }])
      expect(ended('eventsource', { ...given, filter: cors })).toMatchObject({ ...fails, step: 'eventsource/15.3' })
  })
  it('has to be UTF-8 in some browsers', () => {
    const ways = { eventsMustBeUTF8: true }
    expect(ended('eventsource', { type: 'text/event-stream;charset=latin1', filter: cors, ways })).toMatchObject(fails)
    expect(ended('eventsource', { type: 'text/event-stream;charset=UTF-8', filter: cors, ways })).toMatchObject(loads)
  })
})

it.each<Exclude<API, 'fetch' | 'xhr' | 'iframe' | 'beacon' | 'worker'>>(['img', 'script', 'module', 'import', 'stylesheet', 'eventsource'])(
  '%s fails for a network error',
  (api) => expect(ended(api, { filter: failing })).toMatchObject(fails),
)

describe('a font', () => {
  it('loads by its bytes, whatever type and status say', () =>
    expect(ended('font', { body: 'wOF2', type: 'text/html', status: 404, filter: cors })).toMatchObject(loads))
  it('fails where the body is no font', () =>
    expect(ended('font', { body: 'text', type: 'font/woff2', filter: cors })).toMatchObject(fails))
  it('fails in browsers for some statuses', () => {
    expect(ended('font', { body: 'OTTO', status: 404, filter: cors, ways: { fontStatuses: 'below 400' } })).toMatchObject(fails)
    expect(ended('font', { body: 'OTTO', status: 300, filter: cors, ways: { fontStatuses: 'below 400' } })).toMatchObject(loads)
    expect(ended('font', { body: 'OTTO', status: 300, filter: cors, ways: { fontStatuses: 'ok' } })).toMatchObject(fails)
  })
})
