import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ScenarioRequest } from '#shared/scenario/scenario'
import { readCall } from './read-call.ts'
import { writeCall } from './write-call.ts'

function read(code: string) {
  const result = readCall(code)
  if (!result.ok) throw new Error(result.problem.message)
  return result
}

describe('a call that is written', () => {
  it('is the fetch() call that a script would make', () => {
    expect(
      writeCall({
        api: 'fetch',
        url: 'https://api.example.com/orders/42',
        method: 'PUT',
        credentials: 'include',
        headers: [
          ['Content-Type', 'application/json'],
          ['Accept', "it's"],
        ],
        body: '{"status":"shipped"}',
      }),
    ).toBe(`await fetch('https://api.example.com/orders/42', {
  method: 'PUT',
  credentials: 'include',
  headers: {
    'Content-Type': 'application/json',
    Accept: 'it\\'s',
  },
  body: '{"status":"shipped"}',
})
`)
  })

  it('is markup for an element', () => {
    expect(writeCall({ api: 'img', url: 'https://a.example/?a=1&b="', crossorigin: '' })).toBe(
      '<img src="https://a.example/?a=1&amp;b=&quot;" crossorigin>\n',
    )
  })

  it('writes a font with its URL in CSS, and that in a string', () => {
    expect(writeCall({ api: 'font', url: 'https://a.example/"\\' })).toBe(
      `await new FontFace('font', 'url("https://a.example/\\\\22 \\\\5c ")').load()\n`,
    )
  })

  const string = fc.string({ unit: 'binary' })
  const fields = fc.dictionary(string, string)
  const body = fc.oneof(
    string,
    fc.record({ kind: fc.constantFrom('urlencoded' as const, 'form' as const), value: fields }),
    fc.record({ kind: fc.constant('blob' as const), value: string, type: string }),
    fc.record({ kind: fc.constant('blob' as const), value: string }),
    fc.record({ kind: fc.constant('bytes' as const), value: string }),
    fc.record({ kind: fc.constant('urlencoded' as const), value: string.filter((text) => !text.startsWith('?')) }),
  )
  const headers = fc.array(fc.tuple(string, string))
  const optional = { requiredKeys: ['api', 'url', 'headers'] as ['api', 'url', 'headers'] }
  const requests: fc.Arbitrary<ScenarioRequest> = fc.oneof(
    fc.record(
      {
        api: fc.constant('fetch' as const),
        url: string,
        headers,
        method: string,
        mode: string,
        credentials: string,
        redirect: string,
        body,
      },
      optional,
    ),
    fc.record(
      {
        api: fc.constant('xhr' as const),
        url: string,
        headers,
        method: string,
        body,
        credentials: fc.constant('include'),
        uploadListener: fc.constant(true),
      },
      { requiredKeys: ['api', 'url', 'headers', 'method'] },
    ),
    fc.record({ api: fc.constantFrom('worker' as const, 'import' as const), url: string, headers: fc.constant<[string, string][]>([]) }),
    fc.record({ api: fc.constant('beacon' as const), url: string, headers: fc.constant<[string, string][]>([]), body }, optional),
    fc.record(
      {
        api: fc.constant('eventsource' as const),
        url: string,
        headers: fc.constant<[string, string][]>([]),
        credentials: fc.constant('include'),
      },
      optional,
    ),
  )

  it('is read back as what it was, whatever is in it', () => {
    fc.assert(
      fc.property(requests, (request) => {
        expect(read(writeCall(request)).request).toEqual(request)
      }),
    )
  })
})

describe('a call that is read', () => {
  it.each<[string, Partial<ScenarioRequest>]>([
    [`fetch("https://a.example/")`, { api: 'fetch', url: 'https://a.example/', headers: [] }],
    [`window.fetch(\`https://a.example/\${1 + 1}\`)`, { url: 'https://a.example/2' }],
    [`const base = 'https://a.example'; async function f() { return (await fetch(base + '/x')).json() }`, { url: 'https://a.example/x' }],
    [`fetch(new URL('/y', 'https://a.example/x'), undefined)`, { url: 'https://a.example/y' }],
    [`fetch(new Request('/x', { method: 'PUT' }), { credentials: 'include' })`, { url: '/x', method: 'PUT', credentials: 'include' }],
    [`fetch('/x', { body: JSON.stringify({ a: [1, true, null] }), method: 'POST' })`, { body: '{"a":[1,true,null]}' }],
    [`fetch('/x', { headers: new Headers({ a: 1 }) })`, { headers: [['a', '1']] }],
    [`const h = new Headers(); h.append('a', '1'); h.set('A', '2'); fetch('/x', { headers: h })`, { headers: [['A', '2']] }],
    [
      `const common = { a: '1' }; fetch('/x', { headers: { ...common, 'x-b': '2' } })`,
      {
        headers: [
          ['a', '1'],
          ['x-b', '2'],
        ],
      },
    ],
    [`fetch('/x', { body: new URLSearchParams({ a: '1' }), method: 'POST' })`, { body: { kind: 'urlencoded', value: { a: '1' } } }],
    [`fetch('/x', { body: null, method: undefined })`, { url: '/x' }],
    [`fetch('/x?' + new URLSearchParams({ q: 'a b' }))`, { url: '/x?q=a+b' }],
    [
      `let x = new XMLHttpRequest; x.open('put', '/x', true); x.upload.addEventListener('progress', f); x.withCredentials = true; x.onload = f; x.send()`,
      { api: 'xhr', method: 'put', url: '/x', credentials: 'include', uploadListener: true },
    ],
  ])('%s', (code, expected) => {
    expect(read(code).request).toMatchObject(expected)
  })

  it.each([
    [`fetch('/x', { cache: 'no-store' })`, `'no-store'`, 'The lab does not model cache; it is left out.'],
    [
      `fetch('/x', { method: 'POST', body: { a: 1 } })`,
      '{ a: 1 }',
      'An object becomes the text "[object Object]": JSON.stringify() is missing.',
    ],
    [`fetch('/x'); fetch('/y')`, `fetch('/y')`, 'Only the first request is read.'],
  ])('%s: says what of it counts for nothing', (code, place, message) => {
    const [note] = read(code).notes
    expect(note).toMatchObject({ severity: 'warning', message })
    expect(code.slice(note!.from, note!.to)).toBe(place)
  })

  it.each([
    [`fetch('/x', { method: }`, '}', 'This is not JavaScript: Unexpected token.'],
    [`fetch('/x', `, '', 'This is not JavaScript: Unexpected token.'],
    ['', '', 'No call here makes a request: write fetch(…) or an XMLHttpRequest.'],
    [`fetch(url)`, 'url', 'The value of url is not written here: the script is read, not run. Write it out.'],
    [`const a = a; fetch(a)`, 'a', 'The value of a is not written here: the script is read, not run. Write it out.'],
    [`fetch(location.href)`, 'location.href', 'What this comes to is not written here: the script is read, not run. Write it out.'],
    [`fetch()`, 'fetch()', 'The URL is missing.'],
    [`fetch('/x', { headers: [['a']] })`, `[['a']]`, 'Each of these must be a pair of a name and a value.'],
    [`fetch(new URL('/x'))`, `new URL('/x')`, 'This is not a URL: new URL() would throw.'],
    [`const x = new XMLHttpRequest()`, 'new XMLHttpRequest()', 'The XMLHttpRequest is never opened: write x.open(…).'],
  ])('%s: says where it cannot be read, and why', (code, place, message) => {
    const result = readCall(code)
    if (result.ok) throw new Error('It was read')
    expect(result.problem.message).toBe(message)
    expect(code.slice(result.problem.from, result.problem.to)).toBe(place)
  })
})
