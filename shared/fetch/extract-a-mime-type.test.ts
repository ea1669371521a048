import { describe, expect, it } from 'vitest'
import { extractAMIMEType, isJavaScriptMIMEType } from './extract-a-mime-type.ts'

const extracted = (...values: string[]) => extractAMIMEType(values.map((value) => ['Content-Type', value]))

describe('extracting a MIME type', () => {
  it.each([
    ['text/html', ['text/html']],
    ['text/html', ['TEXT/HTML; charset=utf-8']],
    ['text/html', ['text/plain', 'text/html']],
    ['text/html', ['text/plain, text/html']],
    ['text/html', ['text/html, */*']],
    ['text/html', ['text/html, nonsense']],
    ['text/html', ['text/html;x=",text/plain"']],
  ])('gives the essence %s of %j: the last one that is a MIME type', (essence, values) => expect(extracted(...values)).toBe(essence))

  it.each([[[]], [['']], [['nonsense']], [['*/*']], [['text/']]])('fails for %j', (values) => expect(extracted(...values)).toBe('failure'))
})

describe('a JavaScript MIME type', () => {
  it.each([
    'text/javascript',
    'application/javascript',
    'application/x-ecmascript',
    'text/javascript1.5',
    'text/jscript',
    'text/livescript',
  ])('%s is one', (essence) => expect(isJavaScriptMIMEType(essence)).toBe(true))

  it.each(['text/javascript1.6', 'application/json', 'text/plain', 'failure', ''])('"%s" is none', (essence) =>
    expect(isJavaScriptMIMEType(essence)).toBe(false),
  )
})
