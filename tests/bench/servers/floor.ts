/** What no server can go below: node:net that reads nothing, and writes fixed bytes for whatever comes. */
import { createServer, type AddressInfo } from 'node:net'
import { preflight, response } from './bare-headers.ts'
import { body, ready } from './subject.ts'

const lines = (headers: Readonly<Record<string, string>>) =>
  Object.entries(headers)
    .map(([name, value]) => `${name}: ${value}\r\n`)
    .join('')
const toPreflight = `HTTP/1.1 204 No Content\r\n${lines(preflight)}\r\n`
const toGET = `HTTP/1.1 200 OK\r\n${lines(response)}\r\n${body}`
const letterO = 'O'.charCodeAt(0)

const server = createServer({ noDelay: true }, (socket) => {
  socket.on('error', () => undefined)
  socket.on('data', (chunk) => void socket.write(chunk[0] === letterO ? toPreflight : toGET, 'latin1'))
}).listen(0, '127.0.0.1', () => ready((server.address() as AddressInfo).port))
