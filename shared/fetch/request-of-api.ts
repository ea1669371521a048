import type { BrowserWays } from './browser-profile.ts'
import { newRequest } from './request-constructor.ts'
import type { Client, Constructed } from './request-constructor.ts'
import type { Ruling } from './ruling.ts'
import type { ScriptedRequest } from './scripted-request.ts'
import { xmlHttpRequest } from './xmlhttprequest.ts'

/** The request that an API or an element makes of what the page wrote. */
export function requestOfAPI(scripted: ScriptedRequest, client: Client, ways: BrowserWays): Constructed | { readonly notModelled: Ruling } {
  switch (scripted.api) {
    case 'fetch':
      return newRequest(scripted, client, ways)
    case 'xhr':
      return xmlHttpRequest(scripted, client, ways)
    default:
      return { notModelled: { step: 'fetching-resources/api', result: 'not modelled', facts: { api: scripted.api } } }
  }
}
