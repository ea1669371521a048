import type { ScenarioRequest } from '#shared/scenario/scenario'

type Request = Omit<ScenarioRequest, 'headers'> & Partial<Pick<ScenarioRequest, 'headers'>>

/** A request as its page would write it: a call of a script, or markup. `readCall` reads the calls back. */
export function writeCall(request: Request): string {
  const url = quoted(request.url)
  switch (request.api) {
    case 'fetch':
      return fetchCall(request)
    case 'xhr':
      return xhrCall(request)
    case 'worker':
      return `new Worker(${url})\n`
    case 'font':
      return `await new FontFace('font', ${quoted(`url(${cssString(request.url)})`)}).load()\n`
    case 'import':
      return `await import(${url})\n`
    case 'eventsource':
      return request.credentials === 'include' ? `new EventSource(${url}, { withCredentials: true })\n` : `new EventSource(${url})\n`
    case 'beacon': {
      const { before, body } = bodyOf(request.body)
      return `${before}navigator.sendBeacon(${body === null ? url : `${url}, ${body}`})\n`
    }
    case 'img':
      return `<img src=${attribute(request.url)}${crossorigin(request)}>\n`
    case 'script':
      return `<script src=${attribute(request.url)}${crossorigin(request)}></script>\n`
    case 'module':
      return `<script type="module" src=${attribute(request.url)}${crossorigin(request)}></script>\n`
    case 'stylesheet':
      return `<link rel="stylesheet" href=${attribute(request.url)}${crossorigin(request)}>\n`
    case 'link-preload-fetch':
      return `<link rel="preload" as="fetch" href=${attribute(request.url)}${crossorigin(request)}>\n`
    case 'iframe':
      return `<iframe src=${attribute(request.url)}></iframe>\n`
  }
}

/** https://drafts.csswg.org/css-syntax/#consume-string-token: what cannot stand in a string stands as its number. */
const cssString = (text: string): string => `"${text.replace(/["\\\n\r\f]/g, (sign) => `\\${sign.charCodeAt(0).toString(16)} `)}"`

function fetchCall({ url, method, headers = [], body: given, mode, credentials, redirect }: Request): string {
  const { before, body } = bodyOf(given)
  const members = [
    ...Object.entries({ method, mode, credentials, redirect }).flatMap(([name, value]) =>
      value === undefined ? [] : [`  ${name}: ${quoted(value)},`],
    ),
    ...(headers.length > 0 ? [`  headers: ${headersInit(headers)},`] : []),
    ...(body === null ? [] : [`  body: ${body},`]),
  ]
  return members.length === 0
    ? `${before}await fetch(${quoted(url)})\n`
    : `${before}await fetch(${quoted(url)}, {\n${members.join('\n')}\n})\n`
}

function xhrCall({ url, method, headers = [], body: given, credentials, uploadListener }: Request): string {
  const { before, body } = bodyOf(given)
  return [
    `${before}const xhr = new XMLHttpRequest()`,
    `xhr.open(${quoted(method ?? 'GET')}, ${quoted(url)})`,
    ...(credentials === 'include' ? ['xhr.withCredentials = true'] : []),
    ...headers.map(([name, value]) => `xhr.setRequestHeader(${quoted(name)}, ${quoted(value)})`),
    ...(uploadListener === true ? ['xhr.upload.onprogress = () => {}'] : []),
    `xhr.send(${body ?? ''})\n`,
  ].join('\n')
}

/** An object, as everybody writes it; pairs where an object would lose a line or change their order. */
function headersInit(headers: ScenarioRequest['headers']): string {
  const names = headers.map(([name]) => name)
  const asObject = new Set(names).size === names.length && !names.some((name) => /^\d+$/.test(name) || name === '__proto__')
  const lines = headers.map(([name, value]) => (asObject ? `${key(name)}: ${quoted(value)}` : `[${quoted(name)}, ${quoted(value)}]`))
  const [open, close] = asObject ? '{}' : '[]'
  return `${open ?? ''}\n${lines.map((line) => `    ${line},\n`).join('')}  ${close ?? ''}`
}

/** The expression that makes a body; null for none. A FormData is filled by statements before. */
function bodyOf(body: Request['body']): { before: string; body: string | null } {
  if (body === undefined) return { before: '', body: null }
  if (typeof body === 'string') return { before: '', body: text(body) }
  switch (body.kind) {
    case 'bytes':
      return { before: '', body: `new TextEncoder().encode(${text(body.value)})` }
    case 'blob':
      return { before: '', body: `new Blob([${text(body.value)}]${body.type === undefined ? '' : `, { type: ${quoted(body.type)} }`})` }
    case 'urlencoded':
      return { before: '', body: `new URLSearchParams(${typeof body.value === 'string' ? quoted(body.value) : pairs(body.value)})` }
    case 'form': {
      const fields = typeof body.value === 'string' ? [['', body.value] as const] : Object.entries(body.value)
      const appends = fields.map(([name, value]) => `form.append(${quoted(name)}, ${quoted(value)})\n`)
      return { before: `const form = new FormData()\n${appends.join('')}`, body: 'form' }
    }
  }
}

const pairs = (fields: Readonly<Record<string, string>>): string =>
  `[${Object.entries(fields)
    .map(([name, value]) => `[${quoted(name)}, ${quoted(value)}]`)
    .join(', ')}]`

const key = (name: string): string => (/^[A-Za-z_$][\w$]*$/.test(name) ? name : quoted(name))

/** A string in single quotes; JSON's escapes are JavaScript's, too. */
function quoted(value: string): string {
  const escaped = JSON.stringify(value).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")
  return `'${escaped.replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029')}'`
}

/** Text of several lines keeps them. A template literal would make one line end of another. */
const text = (value: string): string => (/^[^\r`\\$]*\n[^\r`\\$]*$/.test(value) ? `\`${value}\`` : quoted(value))

const attribute = (value: string): string => `"${value.replaceAll('&', '&amp;').replaceAll('"', '&quot;')}"`

function crossorigin({ crossorigin: value }: Request): string {
  if (value === undefined) return ''
  return value === '' ? ' crossorigin' : ` crossorigin=${attribute(value)}`
}

/** Elements of a page: what a script cannot call. */
export const isMarkup = (api: Request['api']): boolean =>
  ['img', 'script', 'module', 'stylesheet', 'link-preload-fetch', 'iframe'].includes(api)
