/** The yardstick: node:http that looks at nothing but the method and writes fixed headers. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { allowed, body, page, ready } from './subject.ts'

const preflight = {
  'Access-Control-Allow-Origin': page,
  'Access-Control-Allow-Methods': allowed.methods.join(', '),
  'Access-Control-Allow-Headers': allowed.headers.join(', '),
  'Access-Control-Max-Age': String(allowed.maxAge),
  Vary: 'Origin',
}
const response = {
  'Content-Type': 'application/json',
  'Access-Control-Allow-Origin': page,
  'Access-Control-Expose-Headers': allowed.exposed.join(', '),
  Vary: 'Origin',
  'Content-Length': String(Buffer.byteLength(body)),
}
const server = createServer((request, answer) => {
  if (request.method === 'OPTIONS') answer.writeHead(204, preflight).end()
  else answer.writeHead(200, response).end(body)
}).listen(0, '127.0.0.1', () => ready((server.address() as AddressInfo).port))
