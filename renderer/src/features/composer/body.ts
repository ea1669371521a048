import { get } from '#shared/fetch/header-list'
import type { ScenarioRequest } from '#shared/scenario/scenario'

export type Body = NonNullable<ScenarioRequest['body']>
export type BodyKind = 'none' | 'text' | 'urlencoded' | 'form' | 'blob' | 'bytes'

export const kindOf = (body: Body | undefined): BodyKind => (body === undefined ? 'none' : typeof body === 'string' ? 'text' : body.kind)

/** What is typed for a body: text as it is, fields as lines of `name=value`. */
export function textOf(body: Body | undefined): string {
  if (body === undefined) return ''
  if (typeof body === 'string') return body
  if (body.kind === 'blob' || body.kind === 'bytes') return body.value
  return Object.entries(body.value)
    .map(([name, value]) => `${name}=${value}`)
    .join('\n')
}

/** @param type a Blob's; the others say by themselves what they are. */
export function bodyOf(kind: BodyKind, text: string, type = ''): Body | undefined {
  switch (kind) {
    case 'none':
      return undefined
    case 'text':
      return text
    case 'blob':
      return type === '' ? { kind, value: text } : { kind, value: text, type }
    case 'bytes':
      return { kind, value: text }
    case 'urlencoded':
    case 'form':
      return { kind, value: fieldsOf(text) }
  }
}

function fieldsOf(text: string): Record<string, string> {
  const fields = text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const at = line.indexOf('=')
      return at < 0 ? ([line, ''] as const) : ([line.slice(0, at), line.slice(at + 1)] as const)
    })
  return Object.fromEntries(fields)
}

/** https://fetch.spec.whatwg.org/#concept-bodyinit-extract: the Content-Type that each kind brings along. */
export const typeNotes: Readonly<Record<BodyKind, string>> = {
  none: '',
  text: 'A string alone sets Content-Type: text/plain;charset=UTF-8.',
  urlencoded: 'URLSearchParams set Content-Type: application/x-www-form-urlencoded;charset=UTF-8. One field a line, as name=value.',
  form: 'FormData sets Content-Type: multipart/form-data with its boundary. One field a line, as name=value.',
  blob: 'A Blob sets its own type as Content-Type; without one, none.',
  bytes: 'An ArrayBuffer sets no Content-Type.',
}

/** Whether the Content-Type that goes along says JSON: a Blob's own, unless a header line says another. */
export function isSaidToBeJSON({ body, headers }: Pick<ScenarioRequest, 'body' | 'headers'>): boolean {
  const own = typeof body === 'object' && body.kind === 'blob' ? body.type : undefined
  const type = get(headers, 'Content-Type') ?? own ?? ''
  return /^[^/;]+\/(?:[^;]+\+)?json\s*(?:;|$)/i.test(type.trim())
}

/** For the colours alone. */
export const looksLikeJSON = (text: string): boolean => /^\s*[[{]/.test(text)
