export type TimeUnit = 's' | 'ms'

/** `5 s`, `500 ms`: as short as it can be said; in seconds, where those are the unit. */
export const waitText = (milliseconds: number, unit: TimeUnit = 'ms'): string =>
  unit === 's' || (milliseconds >= 1000 && milliseconds % 100 === 0) ? `${milliseconds / 1000} s` : `${milliseconds} ms`

/** Milliseconds of what was typed. null: that is no time. */
export function readWait(text: string, unitless: TimeUnit = 'ms'): number | null {
  const [, amount, unit = unitless] = /^\s*(\d+(?:\.\d+)?)\s*(ms|s)?\s*$/.exec(text) ?? []
  return amount === undefined ? null : Math.round(Number(amount) * (unit === 's' ? 1000 : 1))
}
