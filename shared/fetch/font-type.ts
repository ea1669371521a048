/**
 * https://mimesniff.spec.whatwg.org/#font-type-pattern-matching-algorithm, but for what no page loads any more.
 * @param body bytes as a latin-1 string
 */
export const sniffedFontType = (body: string): string | undefined => signatures.find(([, bytes]) => body.startsWith(bytes))?.[0]

const signatures: readonly (readonly [type: string, bytes: string])[] = [
  ['font/ttf', '\0\x01\0\0'],
  ['font/otf', 'OTTO'],
  ['font/collection', 'ttcf'],
  ['font/woff', 'wOFF'],
  ['font/woff2', 'wOF2'],
]
