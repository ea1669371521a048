import { parseJavaScript } from '#parse-javascript'

/** What a module's text is: one that asks for no other, one that does, or none. */
export type ModuleText = 'complete' | 'asks for others' | 'SyntaxError'

/** https://tc39.es/ecma262/#sec-parsemodule, as far as an answer's fate hangs on it. */
export function moduleText(text: string): ModuleText {
  const program = parseJavaScript(text, 'module')
  if (program === 'SyntaxError') return program
  return program.body.some((statement) => 'source' in statement && statement.source !== null) ? 'asks for others' : 'complete'
}
