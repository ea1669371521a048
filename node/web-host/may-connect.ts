import { createHash, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage } from 'node:http'

/**
 * Who may open the bridge: the lab's own page, and who knows the token.
 *
 * Every page the user has open, and every program on the machine, can reach a loopback port. A page cannot lie about its `Origin`; another
 * port of this machine is another origin, and no friend: the lab serves attack pages from there. A program can lie about everything, but does
 * not know the token. `Host` must be ours as well, or a name that an attacker points at 127.0.0.1 would do (DNS rebinding).
 */
export function mayConnect(request: IncomingMessage, origin: string, token: string): boolean {
  const { host, origin: origins } = request.headersDistinct
  return isOnly(origins, origin) && isOnly(host, new URL(origin).host) && sameToken(request.url ?? '', token)
}

function isOnly(values: readonly string[] | undefined, wanted: string): boolean {
  return values?.length === 1 && values[0] === wanted
}

function sameToken(target: string, token: string): boolean {
  const offered = new URLSearchParams(target.slice(target.indexOf('?') + 1)).get('token') ?? ''
  // Digests have one length, which timingSafeEqual asks for, and the time to compare them says nothing about the token.
  return timingSafeEqual(digest(offered), digest(token))
}

const digest = (text: string) => createHash('sha256').update(text).digest()
