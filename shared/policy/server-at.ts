import type { MockServer } from './mock-server.ts'

/** Where a server is to be found, besides its port. */
export type Whereabouts = Pick<MockServer, 'scheme' | 'hosts'>

/** Where mock servers listen: on 127.0.0.1 and ::1, and so for every name that means them. */
const loopback = /^(?:localhost|.+\.localhost|127\.0\.0\.1|\[::1\])$/

/**
 * The server that a URL leads to: by its port where the host is loopback, else by the origins it answers for. Runs, predictions and the browsers'
 * proxy ask here, so that all three find the same one.
 */
export function serverAt<S extends { readonly server: Partial<Whereabouts>; readonly port: number }>(
  servers: readonly S[],
  url: URL,
): S | undefined {
  const scheme = url.protocol === 'https:' ? 'https' : url.protocol === 'http:' ? 'http' : null
  if (scheme === null) return undefined
  const named = servers.find(({ server }) => server.hosts?.some((host) => URL.parse(host)?.origin === url.origin))
  if (named !== undefined || !loopback.test(url.hostname)) return named
  const port = url.port === '' ? (scheme === 'https' ? 443 : 80) : Number(url.port)
  return servers.find((each) => each.port === port && speaks(each.server, scheme))
}

/** The server at the port of a loopback URL that does not speak the URL's scheme, but the other. */
export const otherwiseAt = <S extends { readonly server: Partial<Whereabouts>; readonly port: number }>(servers: readonly S[], url: URL) =>
  loopback.test(url.hostname) && serverAt(servers, url) === undefined ? serverAt(servers, inOtherScheme(url)) : undefined

/** The same place, asked in the other way: over TLS instead of plainly, or plainly instead of over TLS. */
export function inOtherScheme(url: URL): URL {
  const [scheme, port] = url.protocol === 'https:' ? ['http', '443'] : ['https', '80']
  return new URL(`${scheme}://${url.hostname}:${url.port || port}${url.pathname}${url.search}`)
}

/** Whether a server's port speaks it: its own scheme, and those of the hosts it answers for. */
export const speaks = ({ scheme = 'http', hosts = [] }: Partial<Whereabouts>, wanted: 'http' | 'https'): boolean =>
  scheme === wanted || hosts.some((host) => URL.parse(host)?.protocol === `${wanted}:`)

/** The origins under which a server can be asked, the one of its port first. */
export const originsOf = ({ scheme, hosts }: Whereabouts, port: number): string[] => [
  `${scheme}://localhost${port === (scheme === 'https' ? 443 : 80) ? '' : `:${port}`}`,
  ...hosts.flatMap((host) => URL.parse(host)?.origin ?? []).filter((origin) => origin !== 'null'),
]
