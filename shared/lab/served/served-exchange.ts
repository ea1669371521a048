import { dechunk } from '#shared/codecs/chunked'
import { parseHead, parseRequestLine, parseStatusLine } from '#shared/codecs/raw-http'
import { byteLowercase, get, type HeaderList } from '#shared/fetch/header-list'
import type { MockServer } from '#shared/policy/mock-server'
import type { Page } from '#shared/scenario/scenario'

/** An exchange as a server saw it: bytes as latin-1 strings, which may end anywhere. */
export interface ServedBytes {
  readonly request: string
  readonly response: string | null
}

export interface ServedExchange {
  readonly url: string
  readonly method: string
  readonly headerList: HeaderList
  /** As it came, chunks put together. */
  readonly body: string
  /** null where not even its head came whole. */
  readonly answer: { readonly status: number; readonly headerList: HeaderList } | null
  /** The page that asked; null where there is no `Origin` to tell it by. */
  readonly page: Page | null
  /** https://w3c.github.io/webappsec-fetch-metadata/#sec-fetch-mode-header; null from whoever sends none. */
  readonly mode: string | null
  readonly site: string | null
  /** Cookies came along, so the credentials mode was "include" for another origin. */
  readonly isCredentialed: boolean
}

/** What the bytes say; null where they are no request. */
export function readServed({ request, response }: ServedBytes, server: Pick<MockServer, 'scheme' | 'hosts'>): ServedExchange | null {
  const head = parseHead(request)
  const line = parseRequestLine(head.startLine)
  const { headerList } = head
  const url = line === null ? null : URL.parse(line.target, `${originAskedFor(get(headerList, 'Host') ?? 'localhost', server)}/`)
  if (line === null || url === null) return null
  const origin = get(headerList, 'Origin')
  return {
    url: url.href,
    method: line.method,
    headerList,
    body: bodyOf(request, head),
    answer: response === null ? null : readAnswer(response),
    page: origin === null ? null : origin === 'null' ? { origin: 'https://sandboxed.example', sandboxed: true } : { origin },
    mode: get(headerList, 'Sec-Fetch-Mode'),
    site: get(headerList, 'Sec-Fetch-Site'),
    isCredentialed: get(headerList, 'Cookie') !== null,
  }
}

/** A server's port may speak http and https: a name that it answers for tells which; else its own. */
function originAskedFor(host: string, { scheme, hosts }: Pick<MockServer, 'scheme' | 'hosts'>): string {
  const named = hosts.map((each) => URL.parse(each)).find((each) => each?.host === byteLowercase(host))
  return named?.origin ?? `${scheme}://${host}`
}

function bodyOf(bytes: string, { bodyOffset, headerList }: ReturnType<typeof parseHead>): string {
  if (bodyOffset === null) return ''
  const body = bytes.slice(bodyOffset)
  return byteLowercase(get(headerList, 'Transfer-Encoding') ?? '').includes('chunked') ? dechunk(body).body : body
}

function readAnswer(bytes: string): ServedExchange['answer'] {
  const head = parseHead(bytes)
  const status = parseStatusLine(head.startLine)?.status
  return status === undefined ? null : { status, headerList: head.headerList }
}
