import { parse, type Program } from 'acorn'

/** https://tc39.es/ecma262/#sec-parsetext of a script or module. */
export function parseJavaScript(text: string, sourceType: 'script' | 'module'): Program | 'SyntaxError' {
  try {
    return parse(text, { ecmaVersion: 'latest', sourceType })
  } catch {
    return 'SyntaxError'
  }
}
