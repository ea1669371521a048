/** What somebody typed as a page's origin: an origin, or what is wrong with it and, where it can be told, what was meant. */
export type PageOrigin = { ok: true; origin: string } | { ok: false; problem: string; correction: string | null }

/** https://html.spec.whatwg.org/#ascii-serialisation-of-an-origin: scheme, host, and the port where it is not the scheme's own. */
export function readPageOrigin(text: string): PageOrigin {
  const typed = text.trim()
  if (typed === '') return wrong('An origin is a scheme, a host and, where it is not the usual one, a port.', null)
  const parsed = URL.parse(typed)
  if (!parsed || !typed.includes('://')) return withoutScheme(typed)
  if (parsed.protocol !== 'http:' && parsed.protocol !== 'https:') {
    return wrong(`A page from ${parsed.protocol} has an opaque origin, sent as null: choose null below.`, null)
  }
  if (typed === parsed.origin) return { ok: true, origin: typed }
  return wrong(whyNot(typed, parsed), parsed.origin)
}

function withoutScheme(typed: string): PageOrigin {
  const scheme = /^(localhost|127\.|\[::1\])/i.test(typed) ? 'http://' : 'https://'
  const meant = typed.includes('://') ? null : URL.parse(scheme + typed)
  if (!meant) return wrong('This is not an origin: an origin is a scheme, a host and maybe a port, such as https://app.example.com.', null)
  return wrong('An origin begins with its scheme.', meant.origin)
}

function whyNot(typed: string, parsed: URL): string {
  if (parsed.username !== '' || parsed.password !== '') return 'An origin has no user name.'
  if (parsed.pathname === '/' && typed.endsWith('/') && !parsed.search && !parsed.hash) return 'An origin ends without a slash.'
  if (parsed.pathname !== '/' || parsed.search || parsed.hash) return 'An origin has no path; the page it belongs to may have one.'
  if (/:(80|443)$/.test(typed)) return 'An origin leaves out the port that its scheme has by itself.'
  return 'Browsers write this origin otherwise: in lower case, and the host in its ASCII form.'
}

const wrong = (problem: string, correction: string | null): PageOrigin => ({ ok: false, problem, correction })

/** For display: pale scheme, strong host, plain port. */
export function originParts(origin: string): { scheme: string; host: string; port: string } {
  const [, scheme = '', host = origin, port = ''] = /^([a-z][a-z0-9+.-]*:\/\/)(.*?)(:\d+)?$/.exec(origin) ?? []
  return { scheme, host, port }
}
