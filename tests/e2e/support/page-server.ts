import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/**
 * A web page of its own on `http://localhost:PORT`, as a front-end developer would have it open.
 * @param port the one wanted; where another program has it, a free one.
 */
export async function servePage(port: number): Promise<{ origin: string; close: () => void }> {
  const server = createServer((_, response) => {
    response.writeHead(200, { 'Content-Type': 'text/html' }).end('<!doctype html><title>A page</title>')
  })
  const listen = async (at: number) => {
    server.listen(at, 'localhost')
    await once(server, 'listening')
  }
  await listen(port).catch(() => listen(0))
  const { port: opened } = server.address() as AddressInfo
  return {
    origin: `http://localhost:${opened}`,
    close: () => {
      server.close()
      server.closeAllConnections()
    },
  }
}
