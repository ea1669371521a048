import { describe, expect, it } from 'vitest'
import { originOf } from './origin.ts'
import { newRequest } from './request-constructor.ts'
import type { ScriptedRequest } from './scripted-request.ts'
import { xmlHttpRequest } from './xmlhttprequest.ts'

const client = { origin: originOf('https://app.example'), baseURL: 'https://app.example/a/', referrer: null }
const construct = (scripted: Partial<ScriptedRequest>) => newRequest({ api: 'fetch', url: 'b', headers: [], ...scripted }, client)
const xhr = (scripted: Partial<ScriptedRequest>) => xmlHttpRequest({ api: 'xhr', url: 'b', headers: [], ...scripted }, client)
const stepOf = (constructed: ReturnType<typeof construct>) =>
  'exception' in constructed ? `${constructed.exception.step} ${constructed.exception.result}` : null
const headersOf = (constructed: ReturnType<typeof construct>) => ('request' in constructed ? constructed.request.headerList : null)

describe('new Request(input, init)', () => {
  it.each([
    ['no URL', { url: 'http://[' }, '5.2'],
    ['a URL with a password', { url: 'https://:p@x/' }, '5.3'],
    ['mode "navigate"', { mode: 'navigate' }, '17'],
    ['what is no method', { method: 'a b' }, '25.2'],
    ['a forbidden method', { method: 'track' }, '25.2'],
    ['PUT with mode "no-cors"', { method: 'PUT', mode: 'no-cors' }, '32.1'],
    ['what is no header name', { headers: [['a b', '']] }, '33.5'],
    ['a value with a newline inside', { headers: [['a', 'b\nc']] }, '33.5'],
    ['GET with a body, even an empty one', { body: '' }, '35'],
  ] as [string, Partial<ScriptedRequest>, string][])('throws for %s', (_, scripted, number) =>
    expect(stepOf(construct(scripted))).toBe(`request-constructor/${number} TypeError`),
  )

  it.each([
    ['mode', { mode: 'websocket' }],
    ['credentials', { credentials: '' }],
    ['redirect', { redirect: 'Follow' }],
  ])('throws for a value that is none of %s', (_, scripted) => expect(stepOf(construct(scripted))).toBe('webidl/enumeration TypeError'))

  it('throws for a header value beyond latin-1', () =>
    expect(stepOf(construct({ headers: [['a', 'Ā']] }))).toBe('webidl/bytestring TypeError'))

  it('resolves the URL against the page', () => {
    const constructed = construct({})
    expect('request' in constructed && constructed.request.urlList[0]?.href).toBe('https://app.example/a/b')
  })

  it('drops forbidden headers without a word and trims the values of others', () => {
    const constructed = construct({
      headers: [
        ['Cookie', 'a'],
        ['X', ' \tb\n'],
      ],
    })
    expect(constructed).toMatchObject({ dropped: ['Cookie'], request: { headerList: [['X', 'b']] } })
  })

  it('keeps only no-CORS-safelisted headers with mode "no-cors", looking at repeated ones together', () => {
    const headers: [string, string][] = [
      ['X-A', '1'],
      ['Range', 'bytes=0-'],
      ['Content-Type', 'application/json'],
      ['Accept', 'x'.repeat(100)],
      ['Accept', 'x'.repeat(100)],
    ]
    expect(headersOf(construct({ mode: 'no-cors', headers }))).toEqual([['Accept', 'x'.repeat(100)]])
  })

  it.each([
    ['a string', 'x', 'text/plain;charset=UTF-8'],
    ['URLSearchParams', { kind: 'urlencoded', value: { a: '1' } }, 'application/x-www-form-urlencoded;charset=UTF-8'],
    ['a Blob with a type', { kind: 'blob', value: 'x', type: 'Text/CSS' }, 'text/css'],
  ] as [string, ScriptedRequest['body'], string][])('gives %s its Content-Type', (_, body, type) =>
    expect(headersOf(construct({ method: 'POST', body }))).toEqual([['Content-Type', type]]),
  )

  it.each([
    ['a Blob without a type', { kind: 'blob', value: 'x' }],
    ['a Blob whose type is not ASCII', { kind: 'blob', value: 'x', type: 'é' }],
    ['bytes', { kind: 'bytes', value: 'x' }],
  ] as [string, ScriptedRequest['body']][])('gives %s none', (_, body) =>
    expect(headersOf(construct({ method: 'POST', body }))).toEqual([]),
  )

  it('leaves the script its own Content-Type', () =>
    expect(headersOf(construct({ method: 'POST', body: 'x', headers: [['content-type', 'a/b']] }))).toEqual([['content-type', 'a/b']]))
})

describe('XMLHttpRequest', () => {
  it.each([
    ['what is no method', { method: '' }, 'xhr-open/2 SyntaxError'],
    ['a forbidden method', { method: 'TRACE' }, 'xhr-open/3 SecurityError'],
    ['no URL', { url: 'http://[' }, 'xhr-open/6 SyntaxError'],
    ['what is no header name', { headers: [['', '']] }, 'xhr-setrequestheader/4 SyntaxError'],
  ] as [string, Partial<ScriptedRequest>, string][])('throws for %s', (_, scripted, step) => expect(stepOf(xhr(scripted))).toBe(step))

  it('takes a URL with a password', () => expect(stepOf(xhr({ url: 'https://u:p@x/' }))).toBeNull())
  it('combines headers of one name', () =>
    expect(
      headersOf(
        xhr({
          headers: [
            ['X-A', '1'],
            ['x-a', '2'],
          ],
        }),
      ),
    ).toEqual([['X-A', '1, 2']]))
  it('sends no body with GET', () => expect(xhr({ body: 'x' })).toMatchObject({ request: { body: null, headerList: [] } }))
  it('makes UTF-8 of the charset that the script names', () =>
    expect(headersOf(xhr({ method: 'POST', body: 'x', headers: [['Content-Type', 'text/plain;charset=latin1']] }))).toEqual([
      ['Content-Type', 'text/plain;charset=UTF-8'],
    ]))
  it('asks for a preflight with a listener on upload', () =>
    expect(xhr({ uploadListener: true })).toMatchObject({ request: { useCORSPreflightFlag: true } }))
})
