/** A body as a script passes it. */
export type ScriptedBody =
  | string
  | { readonly kind: 'urlencoded' | 'form'; readonly value: string | Readonly<Record<string, string>> }
  | { readonly kind: 'blob'; readonly value: string; readonly type?: string | undefined }
  | { readonly kind: 'bytes'; readonly value: string }

/** What can make a request: a script's call, or an element. `import` is `import(url)`, `link-preload-fetch` is `<link rel=preload as=fetch>`. */
export const apis = [
  ...(['fetch', 'xhr', 'img', 'script', 'module', 'stylesheet', 'font'] as const),
  ...(['link-preload-fetch', 'iframe', 'worker', 'import', 'eventsource', 'beacon'] as const),
] as const

export type API = (typeof apis)[number]

/** A call as a script writes it, or an element as it is marked up; nothing is normalized or checked yet. */
export interface ScriptedRequest {
  readonly api: API
  readonly url: string
  readonly method?: string | undefined
  readonly headers: readonly (readonly [string, string])[]
  readonly body?: ScriptedBody | undefined
  readonly mode?: string | undefined
  readonly credentials?: string | undefined
  readonly redirect?: string | undefined
  readonly uploadListener?: boolean | undefined
  /** An element's attribute. */
  readonly crossorigin?: string | undefined
}
