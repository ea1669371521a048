import { credentialsText, headerSetText, type SweepColumn } from '#shared/lab/sweep/cells'

/** `GET, with Save-Data: on, with credentials`. */
export function columnWords({ method, headers, credentials }: SweepColumn): string {
  const parts = [method]
  if (headers.length > 0) parts.push(headerSetText(headers))
  if (credentials !== 'same-origin') parts.push(credentialsText[credentials])
  return parts.join(', ')
}
