import { allowed, body, page } from './subject.ts'

/** The header lines of the yardsticks, which are written and never worked out. */
export const preflight = {
  'Access-Control-Allow-Origin': page,
  'Access-Control-Allow-Methods': allowed.methods.join(', '),
  'Access-Control-Allow-Headers': allowed.headers.join(', '),
  'Access-Control-Max-Age': String(allowed.maxAge),
  Vary: 'Origin',
}
export const response = {
  'Content-Type': 'application/json',
  'Access-Control-Allow-Origin': page,
  'Access-Control-Expose-Headers': allowed.exposed.join(', '),
  Vary: 'Origin',
  'Content-Length': String(Buffer.byteLength(body)),
}
