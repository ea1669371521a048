/** Byte sequences are kept as strings, each code unit a byte. */
const encoder = new TextEncoder()
const decoder = new TextDecoder()

/** https://encoding.spec.whatwg.org/#utf-8-encode */
export const utf8Encode = (text: string): string =>
  // The usual case: ASCII is its own encoding.
  /[^\0-\x7f]/.test(text) ? isomorphicDecode(encoder.encode(text)) : text

/** https://encoding.spec.whatwg.org/#utf-8-decode: what is no UTF-8 becomes U+FFFD. */
export const utf8Decode = (bytes: string): string => decoder.decode(isomorphicEncode(bytes))

/** https://infra.spec.whatwg.org/#isomorphic-decode */
export function isomorphicDecode(bytes: Uint8Array): string {
  let text = ''
  // In pieces: a call takes no more than so many arguments.
  for (let at = 0; at < bytes.length; at += 8192) text += String.fromCharCode(...bytes.subarray(at, at + 8192))
  return text
}

/** https://infra.spec.whatwg.org/#isomorphic-encode */
export const isomorphicEncode = (text: string): Uint8Array => Uint8Array.from(text, (byte) => byte.charCodeAt(0))
