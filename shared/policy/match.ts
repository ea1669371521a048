/** A path pattern, taken apart once. No regular expression comes of it. */
export interface PathPattern {
  /** null for a segment of any text. */
  readonly segments: readonly (string | null)[]
  /** Whether the rest of the path may be anything. */
  readonly open: boolean
}

/** `/items/:id` takes one segment of any text, `/files/*` whatever follows, nothing included. All else is compared byte for byte. */
export function readPathPattern(path: string): PathPattern {
  const segments = path.split('/').map((segment) => (segment.length > 1 && segment.startsWith(':') ? null : segment))
  const open = segments.at(-1) === '*'
  return { segments: open ? segments.slice(0, -1) : segments, open }
}

export function pathMatches({ segments, open }: PathPattern, path: string): boolean {
  const found = path.split('/')
  if (open ? found.length <= segments.length && path !== segments.join('/') : found.length !== segments.length) return false
  return segments.every((segment, index) =>
    segment === null ? found[index] !== '' && found[index] !== undefined : segment === found[index],
  )
}

/** The path of a request target, without its query; a proxy's client sends the whole URL. */
export function pathOf(target: string): string {
  const path = /^[a-z][a-z0-9+.-]*:\/\/[^/?]*/i.test(target) ? target.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/?]*/i, '') : target
  const end = path.search(/[?#]/)
  return (end === -1 ? path : path.slice(0, end)) || '/'
}

interface Routed {
  readonly method: string
  readonly pattern: PathPattern
}

/** The first route that takes this method and path. */
export function firstMatch<R extends Routed>(routes: readonly R[], method: string, target: string): R | null {
  if (routes.length === 0) return null
  const path = pathOf(target)
  return routes.find((route) => (route.method === '*' || route.method === method) && pathMatches(route.pattern, path)) ?? null
}
