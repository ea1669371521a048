import type { AnyNode, CallExpression, Expression, NewExpression, Node, ObjectExpression, SpreadElement, Super } from 'acorn'
import type { ScenarioRequest } from '#shared/scenario/scenario'
import { nodesOf, Unreadable } from './parse-script.ts'

type Body = NonNullable<ScenarioRequest['body']>
type Pair = [string, string]

/** What a constructor of the platform made: a list that is still appended to, or a body. */
export class Pairs {
  readonly kind: 'Headers' | 'FormData' | 'URLSearchParams'
  list: readonly Pair[]
  constructor(kind: Pairs['kind'], list: readonly Pair[]) {
    this.kind = kind
    this.list = list
  }
}
export class Made {
  readonly body: Exclude<Body, string>
  constructor(body: Made['body']) {
    this.body = body
  }
}

export type Value = string | number | boolean | null | undefined | Value[] | { [name: string]: Value } | Pairs | Made

type Argument = Expression | SpreadElement | Super

/** Works out what expressions of a script come to, as far as that is written in the script: nothing is run. */
export class Values {
  private readonly declared = new Map<string, Expression>()
  private readonly calls = new Map<string, CallExpression[]>()
  /** A name that is worked out by itself is not worked out at all. */
  private readonly open = new Set<string>()

  constructor(script: Node) {
    for (const each of nodesOf(script)) {
      const node = each as AnyNode
      if (node.type === 'VariableDeclarator' && node.id.type === 'Identifier' && node.init) this.declared.set(node.id.name, node.init)
      if (node.type !== 'CallExpression' || node.callee.type !== 'MemberExpression' || node.callee.object.type !== 'Identifier') continue
      const { name } = node.callee.object
      this.calls.set(name, [...(this.calls.get(name) ?? []), node])
    }
  }

  of(node: Argument): Value {
    switch (node.type) {
      case 'Literal':
        if (node.value instanceof RegExp || typeof node.value === 'bigint') break
        return node.value
      case 'TemplateLiteral':
        return node.quasis.map(({ value }, at) => (value.cooked ?? '') + this.stringOr(node.expressions[at], '')).join('')
      case 'Identifier':
        return node.name === 'undefined' ? undefined : this.named(node.name, node)
      case 'AwaitExpression':
      case 'ParenthesizedExpression':
        return this.of(node.type === 'AwaitExpression' ? node.argument : node.expression)
      case 'UnaryExpression':
        if (node.operator === '!') return !this.of(node.argument)
        if (node.operator === '-') return -Number(this.of(node.argument))
        break
      case 'BinaryExpression':
        if (node.operator === '+' && node.left.type !== 'PrivateIdentifier') return this.sum(node.left, node.right)
        break
      case 'ArrayExpression':
        return node.elements.flatMap((element) => {
          if (element?.type !== 'SpreadElement') return [element === null ? undefined : this.of(element)]
          const spread = this.of(element.argument)
          return Array.isArray(spread) ? spread : this.refuse(element)
        })
      case 'ObjectExpression':
        return this.object(node)
      case 'NewExpression':
        return this.constructed(node)
      case 'CallExpression':
        return this.called(node)
    }
    return this.refuse(node)
  }

  string(node: Argument): string {
    const value = this.of(node)
    if (value instanceof Pairs && value.kind === 'URLSearchParams')
      return new URLSearchParams(value.list.map(([name, each]): Pair => [name, each])).toString()
    return this.text(value, node)
  }

  private text(value: Value, at: Node): string {
    return typeof value === 'object' && value !== null ? this.refuse(at) : String(value)
  }

  /** The members of an object that stands in the script; their values are worked out by whoever wants them. */
  members(node: Argument): Map<string, Expression> {
    if (node.type === 'Identifier') {
      const init = this.declared.get(node.name)
      if (init) return this.members(init)
    }
    if (node.type !== 'ObjectExpression') return this.refuse(node)
    const members = new Map<string, Expression>()
    for (const property of node.properties) {
      if (property.type === 'SpreadElement') for (const [name, value] of this.members(property.argument)) members.set(name, value)
      else members.set(property.computed ? this.string(property.key) : keyOf(property.key), property.value)
    }
    return members
  }

  refuse(node: Node): never {
    throw new Unreadable(node, 'What this comes to is not written here: the script is read, not run. Write it out.')
  }

  private sum(left: Expression, right: Expression): Value {
    const [a, b] = [this.of(left), this.of(right)]
    return typeof a === 'number' && typeof b === 'number' ? a + b : this.string(left) + this.string(right)
  }

  private stringOr(node: Expression | undefined, otherwise: string): string {
    return node === undefined ? otherwise : this.string(node)
  }

  private named(name: string, at: Node): Value {
    const init = this.declared.get(name)
    if (!init || this.open.has(name))
      throw new Unreadable(at, `The value of ${name} is not written here: the script is read, not run. Write it out.`)
    this.open.add(name)
    try {
      const value = this.of(init)
      const isChanged = this.calls.get(name)?.some(({ callee }) => changes(callee)) === true
      if (isChanged && value instanceof Pairs) this.applyCalls(name, value)
      else if (isChanged && value instanceof Made) this.refuse(at)
      return value
    } finally {
      this.open.delete(name)
    }
  }

  /** `form.append('a', '1')` and its like, in the order of the text. */
  private applyCalls(name: string, pairs: Pairs) {
    for (const { callee, arguments: given } of this.calls.get(name) ?? []) {
      const method = changes(callee)
      if (method === null) continue
      const [key, value] = given.map((each) => this.string(each))
      if (key === undefined) continue
      const isIt = ([each]: Pair) => (pairs.kind === 'Headers' ? each.toLowerCase() === key.toLowerCase() : each === key)
      if (method !== 'append') pairs.list = pairs.list.filter((pair) => !isIt(pair))
      if (method !== 'delete') pairs.list = [...pairs.list, [key, value ?? 'undefined']]
    }
  }

  private object(node: ObjectExpression): { [name: string]: Value } {
    // Without a prototype, or a header called __proto__ would be one.
    const object = Object.create(null) as { [name: string]: Value }
    for (const [name, value] of this.members(node)) object[name] = this.of(value)
    return object
  }

  private constructed(node: NewExpression): Value {
    const name = node.callee.type === 'Identifier' ? node.callee.name : ''
    const [first, second] = node.arguments
    switch (name) {
      case 'Headers':
      case 'URLSearchParams': {
        const init = first === undefined ? [] : this.of(first)
        if (typeof init === 'string' && name === 'URLSearchParams') return new Made({ kind: 'urlencoded', value: init.replace(/^\?/, '') })
        return new Pairs(name, this.pairs(init, first ?? node))
      }
      case 'FormData':
        return first === undefined ? new Pairs('FormData', []) : this.refuse(node)
      case 'URL':
        return this.url(node)
      case 'Blob': {
        const parts = first === undefined ? [] : this.of(first)
        if (!Array.isArray(parts)) return this.refuse(node)
        const type = second === undefined ? undefined : this.members(second).get('type')
        const value = parts.map((part) => (typeof part === 'string' ? part : this.refuse(first ?? node))).join('')
        return new Made(type === undefined ? { kind: 'blob', value } : { kind: 'blob', value, type: this.string(type) })
      }
      case 'Uint8Array': {
        const bytes = first === undefined ? [] : this.of(first)
        if (!Array.isArray(bytes) || !bytes.every((byte) => typeof byte === 'number' && byte >= 0 && byte < 128)) return this.refuse(node)
        return new Made({ kind: 'bytes', value: String.fromCharCode(...(bytes as number[])) })
      }
    }
    return this.refuse(node)
  }

  private called(node: CallExpression): Value {
    const [first, , indent] = node.arguments
    const callee = node.callee
    if (callee.type === 'Identifier' && first && ['encodeURIComponent', 'encodeURI', 'String', 'btoa'].includes(callee.name)) {
      const text = this.string(first)
      if (callee.name === 'String') return text
      return callee.name === 'btoa' ? btoa(text) : callee.name === 'encodeURI' ? encodeURI(text) : encodeURIComponent(text)
    }
    if (callee.type !== 'MemberExpression' || callee.property.type !== 'Identifier' || callee.object.type === 'Super')
      return this.refuse(node)
    const method = callee.property.name
    if (method === 'stringify' && callee.object.type === 'Identifier' && callee.object.name === 'JSON' && first) {
      const space = indent === undefined ? undefined : this.of(indent)
      return JSON.stringify(
        this.plain(this.of(first), first),
        null,
        typeof space === 'number' || typeof space === 'string' ? space : undefined,
      )
    }
    if (method === 'toString') return this.string(callee.object)
    if (method === 'encode' && callee.object.type === 'NewExpression' && first)
      return new Made({ kind: 'bytes', value: this.string(first) })
    return this.refuse(node)
  }

  private plain(value: Value, at: Node): Value {
    return value instanceof Pairs || value instanceof Made ? this.refuse(at) : value
  }

  private url(node: NewExpression): string {
    const [url, base] = node.arguments.map((each) => this.string(each))
    const parsed = URL.parse(url ?? '', base)
    if (!parsed) throw new Unreadable(node, 'This is not a URL: new URL() would throw.')
    return parsed.href
  }

  /** https://fetch.spec.whatwg.org/#concept-headers-fill, and what the other lists take alike. */
  pairs(init: Value, at: Node): Pair[] {
    if (init === undefined || init === null) return []
    if (init instanceof Pairs) return [...init.list]
    if (init instanceof Made || typeof init !== 'object') return this.refuse(at)
    const entries = Array.isArray(init) ? init : Object.entries(init)
    return entries.map((pair) => {
      if (!Array.isArray(pair) || pair.length !== 2) throw new Unreadable(at, 'Each of these must be a pair of a name and a value.')
      return [this.text(pair[0], at), this.text(pair[1], at)]
    })
  }
}

function keyOf(key: Expression | { type: 'PrivateIdentifier' }): string {
  if (key.type === 'Identifier') return key.name
  return key.type === 'Literal' ? String(key.value) : ''
}

/** The method's name, where it is one that changes a list. */
function changes(callee: CallExpression['callee']): string | null {
  if (callee.type !== 'MemberExpression' || callee.property.type !== 'Identifier') return null
  return ['append', 'set', 'delete'].includes(callee.property.name) ? callee.property.name : null
}
