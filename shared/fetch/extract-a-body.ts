import { utf8Encode } from './byte-strings.ts'
import { byteLowercase } from './header-list.ts'
import type { Body } from './request.ts'
import type { ScriptedBody } from './scripted-request.ts'

/** https://fetch.spec.whatwg.org/#body-with-type; null for no type. */
export interface BodyWithType {
  readonly body: Body
  readonly type: string | null
}

/** The boundary is any string the browser likes; this one is always the same, so that a prediction is. */
const boundary = '----CORSLabFormBoundary7MA4YWxkTrZu0gW'

/** https://fetch.spec.whatwg.org/#concept-bodyinit-extract */
export function extractABody(object: ScriptedBody): BodyWithType {
  // 10. Switch on object:
  if (typeof object === 'string') return { body: { bytes: utf8Encode(object) }, type: 'text/plain;charset=UTF-8' }
  switch (object.kind) {
    case 'blob':
      // If object's type attribute is not the empty byte sequence, set type to its value.
      return { body: { bytes: utf8Encode(object.value) }, type: blobType(object.type ?? '') || null }
    case 'bytes':
      return { body: { bytes: utf8Encode(object.value) }, type: null }
    case 'form':
      return { body: { bytes: multipart(entries(object.value)) }, type: `multipart/form-data; boundary=${boundary}` }
    case 'urlencoded':
      return { body: { bytes: urlencoded(object.value) }, type: 'application/x-www-form-urlencoded;charset=UTF-8' }
  }
}

/** https://w3c.github.io/FileAPI/#constructorBlob: a type with anything but printable ASCII is none; otherwise in lower case. */
const blobType = (type: string): string => (/^[\x20-\x7e]*$/.test(type) ? byteLowercase(type) : '')

const entries = (value: string | Readonly<Record<string, string>>): [string, string][] =>
  typeof value === 'string' ? [['', value]] : Object.entries(value)

/** https://url.spec.whatwg.org/#concept-urlencoded-serializer; a string is taken as written, for `new URLSearchParams(string)` keeps it. */
const urlencoded = (value: string | Readonly<Record<string, string>>): string =>
  typeof value === 'string'
    ? utf8Encode(value)
    : entries(value)
        .map(([name, each]) => `${percentEncode(name)}=${percentEncode(each)}`)
        .join('&')

const percentEncode = (text: string): string =>
  utf8Encode(text).replace(/[^*\-.0-9A-Z_a-z]/g, (byte) =>
    byte === ' ' ? '+' : `%${byte.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`,
  )

/** https://html.spec.whatwg.org/#multipart-form-data */
const multipart = (list: readonly (readonly [string, string])[]): string =>
  list
    .map(([name, value]) => `--${boundary}\r\nContent-Disposition: form-data; name="${escapeName(name)}"\r\n\r\n${utf8Encode(value)}\r\n`)
    .join('') + `--${boundary}--\r\n`

const escapeName = (name: string): string => utf8Encode(name).replace(/\n/g, '%0A').replace(/\r/g, '%0D').replace(/"/g, '%22')
