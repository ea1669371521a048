import { isomorphicEncode, utf8Decode, utf8Encode } from '#shared/fetch/byte-strings'

const strict = new TextDecoder('utf-8', { fatal: true })

/** UTF-8 where it is UTF-8; otherwise each byte beyond ASCII escaped as it is. */
export function rawBytesEscaped(value: string): string {
  try {
    return strict.decode(isomorphicEncode(value))
  } catch {
    return value.replace(/[^\x20-\x7e]/g, (byte) => `%${byte.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`)
  }
}

/** Decoded as UTF-8 with replacement characters, and the outcome's bytes taken for latin-1. */
export const replacedBytes = (value: string): string => utf8Encode(utf8Decode(value))
