const bytesOf = (value: string): Uint8Array => Uint8Array.from(value, (character) => character.charCodeAt(0))

const strict = new TextDecoder('utf-8', { fatal: true })
const lenient = new TextDecoder()

/** UTF-8 where it is UTF-8; otherwise each byte beyond ASCII escaped as it is. */
export function rawBytesEscaped(value: string): string {
  try {
    return strict.decode(bytesOf(value))
  } catch {
    return value.replace(/[^\x20-\x7e]/g, (byte) => `%${byte.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`)
  }
}

/** Decoded as UTF-8 with replacement characters, and the outcome's bytes taken for latin-1. */
export function replacedBytes(value: string): string {
  let text = ''
  for (const byte of new TextEncoder().encode(lenient.decode(bytesOf(value)))) text += String.fromCharCode(byte)
  return text
}
