/** What most people write: express with the middleware cors. */
import { createRequire } from 'node:module'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { allowed, body, page, path, ready } from './subject.ts'

type Handler = (request: IncomingMessage, answer: ServerResponse & { type(type: string): { send(body: string): void } }) => void
interface App {
  use(middleware: unknown): void
  get(path: string, handler: Handler): void
  listen(port: number, host: string, listening: () => void): Server
}
const require = createRequire(import.meta.url)
const app = (require('express') as () => App)()
const cors = require('cors') as (options: object) => unknown
app.use(
  cors({
    origin: [page],
    methods: allowed.methods,
    allowedHeaders: allowed.headers,
    exposedHeaders: allowed.exposed,
    maxAge: allowed.maxAge,
  }),
)
app.get(path, (_, answer) => answer.type('json').send(body))
const server = app.listen(0, '127.0.0.1', () => ready((server.address() as AddressInfo).port))
