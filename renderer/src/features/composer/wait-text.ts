/** `5 s`, `500 ms`: as short as it can be said. */
export const waitText = (milliseconds: number): string =>
  milliseconds >= 1000 && milliseconds % 100 === 0 ? `${milliseconds / 1000} s` : `${milliseconds} ms`

/** Milliseconds of what was typed; a number without a unit is milliseconds. null: that is no time. */
export function readWait(text: string): number | null {
  const [, amount, unit = 'ms'] = /^\s*(\d+(?:\.\d+)?)\s*(ms|s)?\s*$/.exec(text) ?? []
  return amount === undefined ? null : Math.round(Number(amount) * (unit === 's' ? 1000 : 1))
}
