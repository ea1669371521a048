import { expect, it } from 'vitest'
import { parseJavaScript } from './parse-javascript.ts'
import { handOverParser, parseJavaScript as parseLater } from './parse-javascript-later.ts'
import { ParserAwaited } from './parser-awaited.ts'

it('says that it waits, until the parser is handed over', () => {
  expect(() => parseLater('', 'script')).toThrow(ParserAwaited)
  handOverParser(() => parseJavaScript)
  expect(parseLater('await 1', 'module')).toEqual(parseJavaScript('await 1', 'module'))
  expect(parseLater('<p>', 'script')).toBe('SyntaxError')
})
