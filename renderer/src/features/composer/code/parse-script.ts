import { parse, type Node, type Program } from 'acorn'

/** Something in a script that keeps it from being read, and where. */
export class Unreadable extends Error {
  readonly from: number
  readonly to: number
  constructor(at: { start: number; end: number }, message: string) {
    super(message)
    this.from = at.start
    this.to = at.end
  }
}

/** As a browser's console takes it: `await` anywhere, `return` left over from a function. */
export function parseScript(text: string): Program {
  try {
    return parse(text, { ecmaVersion: 'latest', sourceType: 'module', allowReturnOutsideFunction: true, allowHashBang: false })
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    const at = 'pos' in error && typeof error.pos === 'number' ? error.pos : 0
    const message = error.message.replace(/ \(\d+:\d+\)$/, '')
    throw new Unreadable({ start: at, end: Math.min(text.length, at + 1) }, `This is not JavaScript: ${message}.`)
  }
}

/** Every node, outer before inner, in the order of the text. */
export function* nodesOf(node: Node): Generator<Node> {
  yield node
  const children = Object.values(node).flat().filter(isNode)
  for (const child of children.toSorted((a, b) => a.start - b.start)) yield* nodesOf(child)
}

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string' && 'start' in value
