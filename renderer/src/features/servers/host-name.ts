export type ReadHost = { ok: true; origin: string } | { ok: false; problem: string }

/**
 * What was typed as a name for a server: an origin, or a host alone, which then gets the server's own scheme. A path, a query and a port are
 * no part of a name: the server answers at whatever port it listens on.
 */
export function readHost(typed: string, scheme: 'http' | 'https'): ReadHost {
  const text = typed.trim()
  const url = URL.parse(/^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `${scheme}://${text}`)
  if (text === '' || !url) return no(`A name is a host, as api.example.com, or an origin, as ${scheme}://api.example.com.`)
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return no('A server speaks http or https.')
  if (url.pathname !== '/' || url.search !== '' || url.hash !== '') return no(`An origin ends with its host and port: ${url.origin}`)
  if (isLoopback(url.hostname)) return no('localhost and its kin need no name: the server answers there by itself.')
  return { ok: true, origin: url.origin }
}

const no = (problem: string): ReadHost => ({ ok: false, problem })
const isLoopback = (host: string) => /^(?:localhost|.+\.localhost|127(?:\.\d+){3}|\[::1\])$/.test(host)
