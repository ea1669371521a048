import type { MockResponse, Route } from '#shared/policy/mock-server'
import { waitText } from '../../ui/wait-text.ts'

/** What a route answers, in a word: `200 json`, `302 /files`. */
export function answerText(response: MockResponse): string {
  switch (response.kind) {
    case 'echo':
      return '200 echo'
    case 'redirect':
      return `${response.status} ${response.location}`
    case 'json':
    case 'file':
      return `${response.status} ${response.kind}`
    case 'fixed':
      return response.body === '' ? String(response.status) : `${response.status} text`
  }
}

/** `3 s`, `250 ms`; nothing for no delay. */
export const delayText = (milliseconds: number): string => (milliseconds === 0 ? '' : waitText(milliseconds))

/** As the log names it: `GET /items/:id`; `*` is any method. */
export const routeName = ({ method, path }: Pick<Route, 'method' | 'path'>): string => `${method === '*' ? 'Any' : method} ${path}`

/** What of the server's a route has a version of its own of. */
export function ownText({ policy, faults }: Pick<Route, 'policy' | 'faults'>): string | null {
  if (policy && faults) return 'own policy, own faults'
  return policy ? 'own policy' : faults ? 'own faults' : null
}
