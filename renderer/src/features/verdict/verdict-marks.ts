import type { VerdictKind } from '#shared/lab/verdict'
import type { MarkName } from './marks.ts'

/** A verdict is always a shape, a word and a colour. */
export const verdictMarks: Readonly<Record<VerdictKind, { mark: MarkName; tone: string }>> = {
  allowed: { mark: 'allowed', tone: 'allowed' },
  'blocked-preflight': { mark: 'blocked', tone: 'blocked' },
  'blocked-cors-check': { mark: 'blocked', tone: 'blocked' },
  'not-sent': { mark: 'blocked', tone: 'blocked' },
  'network-error': { mark: 'blocked', tone: 'blocked' },
  opaque: { mark: 'opaque', tone: 'limited' },
  unanswered: { mark: 'unknown', tone: 'none' },
  'not-modelled': { mark: 'unknown', tone: 'none' },
}
