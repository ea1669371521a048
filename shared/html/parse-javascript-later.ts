import type { parseJavaScript as ParseJavaScript } from './parse-javascript.ts'
import { ParserAwaited } from './parser-awaited.ts'

type Parser = typeof ParseJavaScript

let inHand = (): Parser | null => null

/** @param parser asked whenever a text is to be parsed; null as long as the parser is on its way */
export function handOverParser(parser: () => Parser | null): void {
  inHand = parser
}

/** What a page has in the place of `parse-javascript.ts` (`imports` in package.json): few requests need the parser, and it is heavy. */
export const parseJavaScript: Parser = (text, sourceType) => {
  const parse = inHand()
  if (parse === null) throw new ParserAwaited()
  return parse(text, sourceType)
}
