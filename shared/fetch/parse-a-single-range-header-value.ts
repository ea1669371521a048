/** First and last byte, each null where the value leaves it out. */
export type RangeValue = readonly [start: number | null, end: number | null]

const rangePattern = /^bytes=([0-9]*)-([0-9]*)$/

/** https://fetch.spec.whatwg.org/#simple-range-header-value with allowWhitespace false, the only way CORS uses it; null is its failure. */
export function parseASingleRangeHeaderValue(value: string): RangeValue | null {
  const match = rangePattern.exec(value)
  if (match === null) return null
  const start = match[1] === '' ? null : Number(match[1])
  const end = match[2] === '' ? null : Number(match[2])
  if (start === null && end === null) return null
  if (start !== null && end !== null && start > end) return null
  return [start, end]
}
