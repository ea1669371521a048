import type { ShownExchange } from './shown-exchange.ts'

interface Kind {
  readonly kind: 'preflight' | 'request'
  readonly method: string
}

/** `Preflight`, `PUT, 200`; numbered where redirects made more than one of a kind. */
export function exchangeLabel({ kind, method }: Kind, shown: ShownExchange | undefined, all: readonly Kind[], at: number): string {
  const same = all.filter((each) => each.kind === kind).length
  const number = same > 1 ? ` ${all.slice(0, at + 1).filter((each) => each.kind === kind).length}` : ''
  if (kind === 'preflight') return `Preflight${number}`
  if (!shown?.happened && !shown?.answer && !shown?.trouble) return `${method}${number}`
  const status = shown.answer ? (/^HTTP\/\S+ (\d{3})/.exec(shown.answer.text.head[0]?.text ?? '')?.[1] ?? '') : 'no answer'
  return status === '' ? `${method}${number}` : `${method}${number}, ${status}`
}
