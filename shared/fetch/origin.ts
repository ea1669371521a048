/** https://html.spec.whatwg.org/#concept-origin: a tuple origin by its serialization; an opaque one has none and is the same as no other. */
export interface Origin {
  /** `null` for an opaque origin. */
  readonly serialized: string
  readonly opaque: boolean
}

export const opaqueOrigin: Origin = { serialized: 'null', opaque: true }

/** The origin of a page at this URL, or written as a serialized origin; opaque where it is neither. */
export function originOf(text: string): Origin {
  const serialized = URL.parse(text)?.origin ?? 'null'
  return serialized === 'null' ? opaqueOrigin : { serialized, opaque: false }
}

/** https://html.spec.whatwg.org/#same-origin, between a request's origin and a URL's. */
export const isSameOrigin = (origin: Origin, url: URL): boolean => !origin.opaque && url.origin === origin.serialized

/** The same between two URLs. An opaque origin (`data:`, `file:`) is never the same. */
export const haveSameOrigin = (a: URL, b: URL): boolean => a.origin === b.origin && a.origin !== 'null'

export const isHTTPScheme = (url: URL): boolean => url.protocol === 'http:' || url.protocol === 'https:'

/** https://url.spec.whatwg.org/#include-credentials */
export const includesCredentials = (url: URL): boolean => url.username !== '' || url.password !== ''
