import { utf8Encode } from '#shared/fetch/byte-strings'
import { isForbiddenRequestHeader } from '#shared/fetch/forbidden-request-header'
import { byteLowercase, contains, type Header } from '#shared/fetch/header-list'
import type { ScenarioRequest } from '#shared/scenario/scenario'
import { shellWords } from './shell-words.ts'

export type ReadCurl =
  | {
      ok: true
      request: ScenarioRequest
      /** Of an `Origin` header: the page that the request was copied from. */
      origin: string | null
      /** Headers that only a browser sets. */
      leftOut: readonly string[]
    }
  | { ok: false; problem: string }

/** Options that take a value, by what the value is for; '' where it changes nothing of the request. */
const withValue: Readonly<Record<string, string>> = {
  '-X': 'method', '--request': 'method', '-H': 'header', '--header': 'header', '-d': 'data', '--data': 'data', '--data-ascii': 'data',
  '--data-raw': 'raw', '--data-binary': 'binary', '--data-urlencode': 'urlencode', '--json': 'json', '-F': 'form', '--form': 'form',
  '--form-string': 'form-string', '-u': 'user', '--user': 'user', '-b': 'cookie', '--cookie': 'cookie', '-A': 'agent', '--user-agent': 'agent',
  '-e': 'referer', '--referer': 'referer', '--url': 'url', '--oauth2-bearer': 'bearer', '-o': '', '--output': '', '-m': '', '--max-time': '',
  '--connect-timeout': '', '-x': '', '--proxy': '', '--resolve': '', '--connect-to': '', '--cacert': '', '-E': '', '--cert': '', '--key': '',
  '-w': '', '--write-out': '', '-c': '', '--cookie-jar': '', '-D': '', '--dump-header': '', '--retry': '', '--max-redirs': '',
} // prettier-ignore

/** What a cURL command asks for, as a page's fetch() would: https://curl.se/docs/manpage.html */
export function readCurl(command: string): ReadCurl {
  const words = shellWords(command.replace(/^\s*(?:\$\s+)?/, ''))
  if (words === null) return { ok: false, problem: 'A quote in it is not closed.' }
  const given = optionsOf(words.slice(1))
  const file = given.find(([kind, value]) => readsFile(kind, value))
  if (file) return { ok: false, problem: `It reads ${file[1]}: a file that is not here. Write its content instead.` }
  const names = fieldsOf(given).map(([name]) => name)
  if (new Set(names).size < names.length)
    return { ok: false, problem: 'Two fields of its form have the same name; the lab keeps one of each.' }
  const [url] = valuesOf(given, 'url')
  if (url === undefined) return { ok: false, problem: 'It has no URL.' }

  const headers = headersOf(given)
  const forbidden = headers.filter(([name, value]) => isForbiddenRequestHeader(name, value) || setByBrowsers.includes(byteLowercase(name)))
  const request: ScenarioRequest = {
    api: 'fetch',
    url: /^[a-z][a-z\d+.-]*:\/\//i.test(url) ? url : `http://${url}`,
    headers: headers.filter((header) => !forbidden.includes(header)).map(([name, value]) => [name, value]),
  }
  addBody(request, given)
  const method = valuesOf(given, 'method').at(-1) ?? (has(given, '-I', '--head') ? 'HEAD' : undefined)
  if (method !== undefined) request.method = method
  const sendsCookies = has(given, 'cookie') || contains(forbidden, 'Cookie')
  if (sendsCookies) request.credentials = 'include'
  const origin = forbidden.find(([name]) => byteLowercase(name) === 'origin')?.[1] ?? null
  return {
    ok: true,
    request,
    origin,
    leftOut: [...new Set(forbidden.map(([name]) => byteLowercase(name)))].filter((name) => name !== 'origin'),
  }
}

/** Not forbidden; but where a copied request has them, its script did not set them. */
const setByBrowsers = ['user-agent', 'priority']

type Options = readonly (readonly [kind: string, value: string])[]

const valuesOf = (given: Options, kind: string): string[] => given.flatMap(([each, value]) => (each === kind ? [value] : []))
const has = (given: Options, ...kinds: string[]): boolean => given.some(([kind]) => kinds.includes(kind))

function optionsOf(words: readonly string[]): Options {
  const options: [string, string][] = []
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? ''
    const [, long, joined] = /^(--[^=]+)(?:=([^]*))?$/.exec(word) ?? []
    const kind = withValue[long ?? word.slice(0, 2)]
    if (!word.startsWith('-') || word === '-') options.push(['url', word])
    else if (kind === undefined)
      options.push(
        ...(long === undefined
          ? Array.from(word.slice(1), (letter): [string, string] => [`-${letter}`, ''])
          : [[long, ''] as [string, string]]),
      )
    // `-XPUT`, `--request=PUT`, or the next word.
    else options.push([kind, joined ?? (long === undefined && word.length > 2 ? word.slice(2) : (words[(at += 1)] ?? ''))])
  }
  return options
}

const readsFile = (kind: string, value: string): boolean =>
  (['data', 'binary', 'json'].includes(kind) && value.startsWith('@')) ||
  (kind === 'form' && /^[^=]*=[@<]/.test(value)) ||
  (kind === 'urlencode' && /^[^=]*@/.test(value))

function headersOf(given: Options): Header[] {
  const written = valuesOf(given, 'header').flatMap((line): Header[] => {
    const [, name, value] = /^([^:;]+)(?::[ \t]*([^]*)|;)$/.exec(line) ?? []
    // `Name:` alone takes a header of cURL's own away.
    return name === undefined || (value === '' && line.trimEnd().endsWith(':')) ? [] : [[name.trim(), value ?? '']]
  })
  const more: Header[] = [
    ...valuesOf(given, 'agent').map((value): Header => ['User-Agent', value]),
    ...valuesOf(given, 'referer').map((value): Header => ['Referer', value]),
    ...valuesOf(given, 'user').map((value): Header => ['Authorization', `Basic ${btoa(utf8Encode(value))}`]),
    ...valuesOf(given, 'bearer').map((value): Header => ['Authorization', `Bearer ${value}`]),
    ...(has(given, 'json') ? [['Content-Type', 'application/json'], ['Accept', 'application/json']] as Header[] : []),
    ...(has(given, 'data', 'raw', 'binary', 'urlencode') && !has(given, '-G', '--get') ? [['Content-Type', 'application/x-www-form-urlencoded']] as Header[] : []),
  ] // prettier-ignore
  return [...written, ...more.filter(([name]) => !contains(written, name))]
}

/** Several pieces of data are one body, joined by `&`; with `-G` they are the URL's query. */
function addBody(request: ScenarioRequest, given: Options) {
  const fields = fieldsOf(given)
  if (fields.length > 0) {
    request.body = { kind: 'form', value: Object.fromEntries(fields) }
    request.method = 'POST'
    return
  }
  const data = given.flatMap(([kind, value]) => {
    if (kind === 'urlencode') return [urlencoded(value)]
    // `-d` drops line ends only of what it reads from a file.
    return ['data', 'raw', 'binary', 'json'].includes(kind) ? [value] : []
  })
  if (data.length === 0) return
  if (has(given, '-G', '--get')) request.url += `${request.url.includes('?') ? '&' : '?'}${data.join('&')}`
  else {
    request.body = data.join(has(given, 'json') ? '' : '&')
    request.method = 'POST'
  }
}

const fieldsOf = (given: Options): [string, string][] =>
  [...valuesOf(given, 'form'), ...valuesOf(given, 'form-string')].map((field) => {
    const at = field.indexOf('=')
    return [field.slice(0, at), field.slice(at + 1)]
  })

function urlencoded(value: string): string {
  const at = value.indexOf('=')
  const name = at > 0 ? `${value.slice(0, at)}=` : ''
  return name + encodeURIComponent(value.slice(at + 1))
}
