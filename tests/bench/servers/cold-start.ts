import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { connect, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { fileURLToPath } from 'node:url'
import { MockServers } from '#node/mock-server/mock-servers'
import { definition } from './definition.ts'

const target = 2

/** From the start to the first answer, each in turn: the shortest of each, so that a busy machine does not count. */
export async function coldStarts(): Promise<string[]> {
  return [
    ...report('A server started in a lab that runs', 'node:http', await shortest(50, labServer, bareServer)),
    ...report('corslab serve, from the start of its process', 'node:http, in TypeScript as well', await processes()),
  ]
}

function report(title: string, peer: string, [lab, bare]: readonly [number, number]): string[] {
  const ratio = lab / bare
  console.log(`${title}, to its first answer: ${lab.toFixed(1)} ms`)
  console.log(`  ${ratio.toFixed(2)} times ${peer} (${bare.toFixed(1)} ms); to stay under: ${target}`)
  return ratio < target ? [] : [`${title}, to its first answer: ${ratio.toFixed(2)} times ${peer}, not ${target}`]
}

async function shortest(rounds: number, ...starts: (() => Promise<number>)[]): Promise<[number, number]> {
  const best: [number, number] = [Infinity, Infinity]
  for (let round = 0; round < rounds; round++) {
    for (const [index, start] of starts.entries()) best[index] = Math.min(best[index] ?? Infinity, await start())
  }
  return best
}

const servers = new MockServers(() => undefined)

async function labServer(): Promise<number> {
  const start = performance.now()
  const { port } = await servers.start(definition)
  await firstBytes(port)
  const took = performance.now() - start
  await servers.stop(definition.id)
  return took
}

async function bareServer(): Promise<number> {
  const start = performance.now()
  const server = createServer((_, answer) => answer.end('{}')).listen(0, '127.0.0.1')
  await once(server, 'listening')
  await firstBytes((server.address() as AddressInfo).port)
  const took = performance.now() - start
  server.close()
  server.closeAllConnections()
  return took
}

async function firstBytes(port: number): Promise<void> {
  const socket = connect(port, '127.0.0.1')
  socket.write('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n')
  await once(socket, 'data')
  socket.destroy()
}

async function processes(): Promise<[number, number]> {
  const fileOf = (name: string) => fileURLToPath(new URL(name, import.meta.url))
  const folder = mkdtempSync(join(tmpdir(), 'corslab-start-'))
  const file = join(folder, 'orders.json')
  writeFileSync(file, JSON.stringify(definition))
  const serve = () => untilFirstAnswer([fileOf('../../../node/cli/main.ts'), 'serve', file], folder)
  const took = await shortest(9, serve, () => untilFirstAnswer([fileOf('./bare.ts')], folder))
  rmSync(folder, { recursive: true })
  return took
}

/** Each says on its standard output where it is. */
async function untilFirstAnswer(args: string[], folder: string): Promise<number> {
  const start = performance.now()
  const child = spawn(process.execPath, args, {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, CORSLAB_DATA: folder },
  })
  const [said] = (await once(child.stdout, 'data')) as [Buffer]
  await firstBytes(Number(/localhost:(\d+)/.exec(said.toString())?.[1]))
  const took = performance.now() - start
  const ended = once(child, 'exit')
  child.kill()
  await ended
  return took
}
