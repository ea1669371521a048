import type { AnyNode, AssignmentExpression, CallExpression, Expression, NewExpression, Node, Program } from 'acorn'
import type { ScenarioRequest } from '#shared/scenario/scenario'
import { nodesOf, parseScript, Unreadable } from './parse-script.ts'
import { Made, Pairs, Values, type Value } from './values.ts'
import type { CodeProblem } from '../../../ui/code-editor/options.ts'

type Body = NonNullable<ScenarioRequest['body']>

export type ReadCall = { ok: true; request: ScenarioRequest; notes: readonly CodeProblem[] } | { ok: false; problem: CodeProblem }

type Call = CallExpression | NewExpression | Extract<AnyNode, { type: 'ImportExpression' }>

/** Reads the first call of a script that makes a request, without running the script. */
export function readCall(text: string): ReadCall {
  try {
    const script = parseScript(text)
    const [first, ...others] = callsOf(script)
    if (!first) throw new Unreadable({ start: 0, end: text.length }, 'No call here makes a request: write fetch(…) or an XMLHttpRequest.')
    const reader = new Reader(script)
    const request = reader.request(first)
    const notes = [...reader.notes, ...others.slice(0, 1).map((call) => note(call, 'Only the first request is read.'))]
    return { ok: true, request, notes }
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error
    return { ok: false, problem: { from: error.from, to: error.to, severity: 'error', message: error.message } }
  }
}

const note = ({ start, end }: Node, message: string): CodeProblem => ({ from: start, to: end, severity: 'warning', message })

const constructors = ['XMLHttpRequest', 'EventSource', 'Worker']

const callsOf = (script: Program): Call[] =>
  [...nodesOf(script)].filter((each): each is Call => {
    const node = each as AnyNode
    if (node.type === 'ImportExpression') return true
    if (node.type !== 'CallExpression' && node.type !== 'NewExpression') return false
    const name = nameOf(node)
    return node.type === 'NewExpression' ? constructors.includes(name) : name === 'fetch' || name === 'sendBeacon'
  })

/** `fetch` of `fetch(…)` and of `window.fetch(…)`. */
function nameOf({ callee }: CallExpression | NewExpression): string {
  if (callee.type === 'Identifier') return callee.name
  if (callee.type !== 'MemberExpression' || callee.property.type !== 'Identifier' || callee.object.type !== 'Identifier') return ''
  return ['window', 'self', 'globalThis', 'navigator'].includes(callee.object.name) ? callee.property.name : ''
}

/** Members of a fetch() call's second argument that change nothing the lab predicts, or that it does not model. */
const modelled = ['method', 'headers', 'body', 'mode', 'credentials', 'redirect']

class Reader {
  readonly notes: CodeProblem[] = []
  private readonly script: Program
  private readonly values: Values

  constructor(script: Program) {
    this.script = script
    this.values = new Values(script)
  }

  request(call: Call): ScenarioRequest {
    if (call.type === 'ImportExpression') return { api: 'import', url: this.values.string(call.source), headers: [] }
    const [url, second] = call.arguments
    switch (nameOf(call)) {
      case 'fetch':
        return this.fetch(call)
      case 'XMLHttpRequest':
        return this.xhr(call)
      case 'sendBeacon':
        return { api: 'beacon', url: this.url(url, call), headers: [], ...this.body(second) }
      case 'Worker':
        return { api: 'worker', url: this.url(url, call), headers: [] }
      default: {
        const withCredentials = second === undefined ? undefined : this.values.members(second).get('withCredentials')
        const includes = withCredentials !== undefined && Boolean(this.values.of(withCredentials))
        return { api: 'eventsource', url: this.url(url, call), headers: [], ...(includes ? { credentials: 'include' } : {}) }
      }
    }
  }

  /** https://fetch.spec.whatwg.org/#dom-global-fetch, as far as a scenario has it. */
  private fetch(call: Call & { arguments: CallExpression['arguments'] }): ScenarioRequest {
    const [input, init] = call.arguments
    const isRequest = input?.type === 'NewExpression' && nameOf(input) === 'Request'
    const [url, ownInit] = isRequest ? input.arguments : [input]
    const members = new Map([...this.members(ownInit), ...this.members(init)])

    const request: ScenarioRequest = { api: 'fetch', url: this.url(url, call), headers: [] }
    for (const [name, value] of members) {
      if (!modelled.includes(name)) this.notes.push(note(value, `The lab does not model ${name}; it is left out.`))
      else if (name === 'headers') request.headers = this.values.pairs(this.values.of(value), value)
      else if (name === 'body') Object.assign(request, this.body(value))
      else if (!this.isUndefined(value)) request[name as 'method' | 'mode' | 'credentials' | 'redirect'] = this.values.string(value)
    }
    return request
  }

  /** https://xhr.spec.whatwg.org/: what is called and set on the object, in the order of the text. */
  private xhr(made: Call): ScenarioRequest {
    const name = this.nameFor(made)
    const request: ScenarioRequest = { api: 'xhr', url: '', headers: [] }
    let opened = false
    for (const each of nodesOf(this.script)) {
      const node = each as AnyNode
      if (node.type === 'AssignmentExpression') this.xhrSet(node, name, request)
      if (node.type !== 'CallExpression' || node.callee.type !== 'MemberExpression' || node.callee.property.type !== 'Identifier') continue
      const { object, property } = node.callee
      const [first, second, third] = node.arguments
      if (isUpload(object, name) && property.name === 'addEventListener') request.uploadListener = true
      if (object.type !== 'Identifier' || object.name !== name) continue
      if (property.name === 'open') {
        opened = true
        request.method = first === undefined ? this.values.refuse(node) : this.values.string(first)
        request.url = this.url(second, node)
        if (third && this.values.of(third) === false) this.notes.push(note(third, 'The lab models asynchronous requests only.'))
      } else if (property.name === 'setRequestHeader' && first && second) {
        request.headers.push([this.values.string(first), this.values.string(second)])
      } else if (property.name === 'send') Object.assign(request, this.body(first))
    }
    if (!opened) throw new Unreadable(made, `The XMLHttpRequest is never opened: write ${name}.open(…).`)
    return request
  }

  private xhrSet({ left, right }: AssignmentExpression, name: string, request: ScenarioRequest) {
    if (left.type !== 'MemberExpression' || left.property.type !== 'Identifier') return
    if (isUpload(left.object, name)) request.uploadListener = true
    if (left.object.type !== 'Identifier' || left.object.name !== name || left.property.name !== 'withCredentials') return
    if (this.values.of(right) === true) request.credentials = 'include'
    else delete request.credentials
  }

  private nameFor(made: Node): string {
    for (const each of nodesOf(this.script)) {
      const node = each as AnyNode
      if (node.type === 'VariableDeclarator' && node.init === made && node.id.type === 'Identifier') return node.id.name
      if (node.type === 'AssignmentExpression' && node.right === made && node.left.type === 'Identifier') return node.left.name
    }
    throw new Unreadable(made, 'Give the XMLHttpRequest a name: const xhr = new XMLHttpRequest().')
  }

  private url(node: CallExpression['arguments'][number] | undefined, call: Node): string {
    if (node === undefined) throw new Unreadable(call, 'The URL is missing.')
    return this.values.string(node)
  }

  /** https://fetch.spec.whatwg.org/#bodyinit */
  private body(node: CallExpression['arguments'][number] | undefined): { body?: Body } {
    const value = node === undefined ? undefined : this.values.of(node)
    if (node === undefined || value === undefined || value === null) return {}
    if (value instanceof Made) return { body: value.body }
    if (value instanceof Pairs) return { body: this.fields(value, node) }
    if (typeof value === 'object') this.notes.push(note(node, 'An object becomes the text "[object Object]": JSON.stringify() is missing.'))
    return { body: typeof value === 'object' ? objectAsText(value) : String(value) }
  }

  private fields({ kind, list }: Pairs, at: Node): Body {
    if (kind === 'Headers') return '[object Headers]'
    if (new Set(list.map(([name]) => name)).size < list.length)
      throw new Unreadable(at, 'Two fields of the body have the same name; the lab keeps one of each.')
    return { kind: kind === 'FormData' ? 'form' : 'urlencoded', value: Object.fromEntries(list) }
  }

  private members(init: CallExpression['arguments'][number] | undefined): Map<string, Expression> {
    return init === undefined || this.isUndefined(init) ? new Map<string, Expression>() : this.values.members(init)
  }

  private isUndefined(node: CallExpression['arguments'][number]): boolean {
    return node.type === 'Identifier' && node.name === 'undefined'
  }
}

const objectAsText = (value: Exclude<Value, string | number | boolean | undefined | null>): string =>
  Array.isArray(value) ? value.map(String).join(',') : '[object Object]'

const isUpload = (node: Node, name: string): boolean => {
  const object = node as AnyNode
  if (object.type !== 'MemberExpression' || object.object.type !== 'Identifier' || object.property.type !== 'Identifier') return false
  return object.object.name === name && object.property.name === 'upload'
}
