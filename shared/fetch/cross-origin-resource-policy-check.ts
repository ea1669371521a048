import { get } from './header-list.ts'
import type { Request } from './request.ts'
import { currentURL } from './request.ts'
import { isSameOrigin } from './origin.ts'
import type { ActualResponse } from './response.ts'

/**
 * https://fetch.spec.whatwg.org/#cross-origin-resource-policy-check, for pages without an embedder policy of their own.
 * The public suffix list is not modelled: hosts are taken to be of one site if they are equal or share their last two labels.
 */
export function isResourcePolicyBlocked(request: Request, response: ActualResponse): boolean {
  const policy = get(response.headerList, 'Cross-Origin-Resource-Policy')
  const url = currentURL(request)
  if (isSameOrigin(request.origin, url)) return false
  if (policy === 'same-origin') return true
  if (policy !== 'same-site') return false
  return request.origin.opaque || !isSameSite(new URL(request.origin.serialized), url)
}

function isSameSite(a: URL, b: URL): boolean {
  if (a.protocol === 'https:' && b.protocol !== 'https:') return false
  return a.hostname === b.hostname || (!isAddress(a) && registrable(a) === registrable(b))
}

const isAddress = ({ hostname }: URL): boolean => hostname.startsWith('[') || /^[0-9.]+$/.test(hostname)
const registrable = ({ hostname }: URL): string => hostname.split('.').slice(-2).join('.')
