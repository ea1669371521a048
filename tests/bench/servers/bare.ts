/** The yardstick: node:http that looks at nothing but the method and writes fixed headers. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { preflight, response } from './bare-headers.ts'
import { body, ready } from './subject.ts'

const server = createServer((request, answer) => {
  if (request.method === 'OPTIONS') answer.writeHead(204, preflight).end()
  else answer.writeHead(200, response).end(body)
}).listen(0, '127.0.0.1', () => ready((server.address() as AddressInfo).port))
