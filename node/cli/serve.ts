import { once } from 'node:events'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import type { MockServer } from '#shared/policy/mock-server'
import { speaks } from '#shared/policy/server-at'
import { Certificates } from '#node/certificates/certificates'
import { dataFolder } from '#node/data-folder'
import { readNumber, UsageError } from './command-line.ts'
import { exitCodes, type ExitCode } from './exit-codes.ts'
import { serveEvents } from './serve-events.ts'
import { ServedFile } from './served-file.ts'

/** `corslab serve FILE… [--port N] [--data DIR] [--json]`: the mock servers of these files, until a signal stops them. */
export async function serveVerb(args: string[]): Promise<ExitCode> {
  const { values, positionals } = parseArgs({
    args,
    options: { port: { type: 'string' }, data: { type: 'string' }, json: { type: 'boolean', default: false } },
    allowPositionals: true,
  })
  const port = readNumber('port', values.port, 0, 65_535)
  if (positionals.length === 0) throw new UsageError('serve needs a FILE: a workspace, or a server.')
  const certificates = new Certificates(resolve(values.data ?? dataFolder()))
  const listener = serveEvents(values.json)

  const files = [...new Set(positionals.map((file) => resolve(file)))].map((file) => {
    const portFor = port === undefined ? ({ port }: MockServer) => port : ({ id }: MockServer) => allotted(port, `${file}\n${id}`)
    return new ServedFile(file, { certificates, portFor, listener })
  })
  // Every file is read before the first server is started: a broken one ends it all.
  const all = await Promise.all(files.map(async (file) => ({ file, servers: await file.read() })))
  const stopped = Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')])
  for (const { file, servers } of all) {
    await file.serve(servers)
    file.watch()
  }
  const isServing = files.some(({ runningCount }) => runningCount > 0)
  if (isServing) {
    if (!values.json)
      await sayHowToStop(
        all.flatMap(({ servers }) => servers),
        certificates,
      )
    await stopped
  } else console.error('No server runs.')
  await Promise.all(files.map((file) => file.close()))
  return isServing ? exitCodes.done : exitCodes.failed
}

async function sayHowToStop(servers: readonly MockServer[], certificates: Certificates): Promise<void> {
  if (servers.some((server) => speaks(server, 'https')))
    console.log(`For https, trust the lab’s authority: curl --cacert ${(await certificates.authority()).file}`)
  console.log('Ctrl+C stops it.')
}

const places: string[] = []

/** A server keeps its port while others come and go. */
function allotted(first: number, server: string): number {
  if (first === 0) return 0
  if (!places.includes(server)) places.push(server)
  return first + places.indexOf(server)
}
