import type { ServerExchange } from '#shared/contract/wire'

/** Whether an exchange has every word of the filter in what the log shows of it; no word, no filter. */
export function passesFilter({ method, target, origin, status }: ServerExchange, filter: string): boolean {
  const text = `${method} ${target} ${origin ?? 'none'} ${status ?? '–'}`.toLowerCase()
  return filter
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word))
}
