import { expect, it } from 'vitest'
import { sniffedImageType } from './image-type.ts'

it.each([
  ['image/gif', 'GIF89a\x01'],
  ['image/gif', 'GIF87a'],
  ['image/png', '\x89PNG\r\n\x1a\nIHDR'],
  ['image/jpeg', '\xff\xd8\xff\xe0'],
  ['image/webp', 'RIFF\x24\0\0\0WEBPVP8 '],
  ['image/bmp', 'BM6'],
  ['image/x-icon', '\0\0\x01\0\x01\0'],
  ['image/avif', '\0\0\0\x20ftypavif'],
])('knows %s by its first bytes', (type, body) => expect(sniffedImageType(body)).toBe(type))

it.each(['', 'GIF88a', ' GIF89a', 'RIFF\x24\0\0\0WAVEfmt ', '<svg xmlns="http://www.w3.org/2000/svg"/>', '{"a":1}'])(
  'knows no image in %j',
  (body) => expect(sniffedImageType(body)).toBeUndefined(),
)
