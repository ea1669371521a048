import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Memory, Question } from './answering.ts'
import { allowed, body, page, path } from './subject.ts'

export interface Subject {
  readonly name: string
  readonly port: number
  readonly process: ChildProcess
}

const fileOf = (name: string) => fileURLToPath(new URL(`./${name}.ts`, import.meta.url))

const asked = ['--expose-gc', '--import', fileOf('answering')]

/** Starts a server in a process of its own; answers when it listens. */
export async function startSubject(name: string, file: string): Promise<Subject> {
  const child = fork(fileOf(file), { execArgv: asked })
  return { name, port: (await told<{ port: number }>(child)).port, process: child }
}

export async function startMockoon(): Promise<Subject> {
  const port = await freePort()
  const folder = mkdtempSync(join(tmpdir(), 'corslab-mockoon-'))
  const data = join(folder, 'environment.json')
  writeFileSync(data, JSON.stringify(mockoonEnvironment(port)))
  const program = fileURLToPath(new URL('../../../bench/node_modules/@mockoon/cli/bin/run.js', import.meta.url))
  const args = ['start', '--data', data, '--port', String(port), '--disable-log-to-file']
  const child = fork(program, args, { stdio: ['ignore', 'pipe', 'inherit', 'ipc'] })
  // What it has to say is not for us.
  child.disconnect()
  child.once('exit', () => rmSync(folder, { recursive: true, force: true }))
  // What it says of every request is read, as by a terminal.
  child.stdout?.resume()
  for (let tries = 0; ; tries++) {
    const answer = await fetch(`http://127.0.0.1:${port}${path}`).catch(() => null)
    if (answer?.ok) return { name: '@mockoon/cli', port, process: child }
    if (tries > 300) throw new Error('Mockoon does not answer.')
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}

export async function memoryOf({ process }: Subject): Promise<Memory> {
  process.send('memory' satisfies Question)
  return told(process)
}

/** Microseconds of processor time since its start; NaN of a program that is not ours to ask. */
export async function timeOf({ process }: Subject): Promise<number> {
  if (!process.connected) return NaN
  process.send('time' satisfies Question)
  return told(process)
}

const told = async <T>(process: ChildProcess): Promise<T> => ((await once(process, 'message')) as [T])[0]

export async function stopSubject({ process }: Subject): Promise<void> {
  const ended = once(process, 'exit')
  // Ours end by themselves then, and leave nothing behind.
  if (process.connected) process.disconnect()
  else process.kill()
  await ended
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  return port
}

function mockoonEnvironment(port: number): object {
  const header = (key: string, value: string) => ({ key, value })
  return {
    uuid: '5b1a2c66-0000-4000-8000-000000000001',
    lastMigration: 33,
    name: 'Orders API',
    port,
    hostname: '127.0.0.1',
    endpointPrefix: '',
    latency: 0,
    folders: [],
    rootChildren: [{ type: 'route', uuid: '5b1a2c66-0000-4000-8000-000000000002' }],
    cors: true,
    headers: [
      header('Access-Control-Allow-Origin', page),
      header('Access-Control-Allow-Methods', allowed.methods.join(', ')),
      header('Access-Control-Allow-Headers', allowed.headers.join(', ')),
      header('Access-Control-Max-Age', String(allowed.maxAge)),
      header('Vary', 'Origin'),
    ],
    proxyMode: false,
    proxyHost: '',
    proxyRemovePrefix: false,
    proxyReqHeaders: [],
    proxyResHeaders: [],
    tlsOptions: { enabled: false, type: 'CERT', pfxPath: '', certPath: '', keyPath: '', caPath: '', passphrase: '' },
    data: [],
    callbacks: [],
    routes: [
      {
        uuid: '5b1a2c66-0000-4000-8000-000000000002',
        type: 'http',
        documentation: '',
        method: 'get',
        endpoint: path.slice(1),
        responseMode: null,
        streamingMode: null,
        streamingInterval: 0,
        responses: [
          {
            uuid: '5b1a2c66-0000-4000-8000-000000000003',
            body,
            latency: 0,
            statusCode: 200,
            label: '',
            headers: [header('Content-Type', 'application/json')],
            bodyType: 'INLINE',
            filePath: '',
            databucketID: '',
            sendFileAsBody: false,
            rules: [],
            rulesOperator: 'OR',
            disableTemplating: true,
            fallbackTo404: false,
            default: true,
            crudKey: 'id',
            callbacks: [],
          },
        ],
      },
    ],
  }
}
