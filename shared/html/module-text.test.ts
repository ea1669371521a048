import { expect, it } from 'vitest'
import { moduleText } from './module-text.ts'

it.each(['', 'export default 1', 'await 1', 'import("./x.js")', 'export { a }; const a = 1'])('%j is complete', (text) =>
  expect(moduleText(text)).toBe('complete'),
)

it.each(['import "./x.js"', 'import a from "./x.js"', 'export * from "./x.js"', 'export { a } from "./x.js"'])(
  '%j asks for others',
  (text) => expect(moduleText(text)).toBe('asks for others'),
)

it.each(['{"a": 1}', 'x +', 'return 1', 'with (a) {}', '<p>'])('%j is none', (text) => expect(moduleText(text)).toBe('SyntaxError'))
