import type { MockResponse } from '#shared/policy/mock-server'

/** Every field that some kind of answer has. */
export interface ResponseDraft {
  kind: MockResponse['kind']
  status: number
  headers: [string, string][]
  body: string
  file: string
  location: string
}

/** The answer of the kind that is chosen, without what belongs to the others. */
export function responseOf({ kind, status, headers, body, file, location }: ResponseDraft): MockResponse {
  switch (kind) {
    case 'echo':
      return { kind }
    case 'fixed':
    case 'json':
      return { kind, status, headers, body }
    case 'file':
      return { kind, status, headers, file }
    case 'redirect':
      return { kind, status, headers, location }
  }
}
