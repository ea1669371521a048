import { describe, expect, it } from 'vitest'
import { parseAMIMEType, serializeAMIMEType } from './parse-a-mime-type.ts'

const again = (input: string) => {
  const mimeType = parseAMIMEType(input)
  return mimeType === null ? null : serializeAMIMEType(mimeType)
}

describe('parse a MIME type', () => {
  it.each([
    ['text/plain', 'text/plain'],
    [' TEXT/HTML ', 'text/html'],
    ['text/html;charset=UTF-8', 'text/html;charset=UTF-8'],
    ['text/html; Charset="utf-8"; x=1', 'text/html;charset=utf-8;x=1'],
    ['text/html;charset=a;charset=b', 'text/html;charset=a'],
    ['text/html;x="a b"', 'text/html;x="a b"'],
    ['text/html;x="a\\"b"y;z=1', 'text/html;x="a\\"b";z=1'],
    ['text/html;x="unclosed', 'text/html;x=unclosed'],
    ['text/html;x=;y', 'text/html'],
    ['text/html ;', 'text/html'],
  ])('reads %s as %s', (input, serialized) => expect(again(input)).toBe(serialized))

  it.each(['', 'text', '/plain', 'text/', 'text/ plain', 'te xt/plain', 'text/plain,text/html', 'text/plain/x'])(
    'fails for "%s"',
    (input) => expect(parseAMIMEType(input)).toBeNull(),
  )
})
