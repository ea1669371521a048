/**
 * https://mimesniff.spec.whatwg.org/#image-type-pattern-matching-algorithm, as far as it goes for what pages show.
 * @param body bytes as a latin-1 string
 */
export function sniffedImageType(body: string): string | undefined {
  return signatures.find(([, ...parts]) => parts.every(([at, bytes]) => body.startsWith(bytes, at)))?.[0]
}

type Part = readonly [at: number, bytes: string]

const signatures: readonly (readonly [type: string, ...parts: Part[]])[] = [
  ['image/gif', [0, 'GIF87a']],
  ['image/gif', [0, 'GIF89a']],
  ['image/png', [0, '\x89PNG\r\n\x1a\n']],
  ['image/jpeg', [0, '\xff\xd8\xff']],
  ['image/webp', [0, 'RIFF'], [8, 'WEBPVP']],
  ['image/bmp', [0, 'BM']],
  ['image/x-icon', [0, '\0\0\x01\0']],
  ['image/x-icon', [0, '\0\0\x02\0']],
  ['image/avif', [4, 'ftypavif']],
  ['image/avif', [4, 'ftypavis']],
]
