/** `513 B`, `12.4 kB`. */
export function byteCount(bytes: number): string {
  if (bytes < 10_000) return `${bytes} B`
  return bytes < 1_000_000 ? `${(bytes / 1000).toFixed(1)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`
}

/** Milliseconds with one digit behind the point, as long as it says something: `3.4`, `128`. */
export const milliseconds = (value: number): string => (value < 100 ? value.toFixed(1) : String(Math.round(value)))
