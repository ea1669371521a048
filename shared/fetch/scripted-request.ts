/** A body as a script passes it. */
export type ScriptedBody =
  | string
  | { readonly kind: 'urlencoded' | 'form'; readonly value: string | Readonly<Record<string, string>> }
  | { readonly kind: 'blob'; readonly value: string; readonly type?: string | undefined }
  | { readonly kind: 'bytes'; readonly value: string }

/** A call of `fetch()` or an XMLHttpRequest as a script writes it; nothing is normalized or checked yet. */
export interface ScriptedRequest {
  readonly api: 'fetch' | 'xhr'
  readonly url: string
  readonly method?: string | undefined
  readonly headers: readonly (readonly [string, string])[]
  readonly body?: ScriptedBody | undefined
  readonly mode?: string | undefined
  readonly credentials?: string | undefined
  readonly redirect?: string | undefined
  readonly uploadListener?: boolean | undefined
}
