import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { once } from 'node:events'
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { exampleWorkspace } from '#shared/scenario/example-workspace'
import { newMockServer } from '#shared/policy/mock-server'
import { startMockServer } from '#node/mock-server/mock-server'
import { parseServers } from './parse-servers.ts'

const main = resolve(import.meta.dirname, 'main.ts')
const page = 'http://localhost:5173'

let folder: string
const running: Served[] = []
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'corslab-serve-'))
})
afterEach(async () => {
  for (const each of running.splice(0)) await each.stop()
  await rm(folder, { recursive: true, force: true })
})

/** A process of `corslab serve`, and what it prints. */
class Served {
  readonly #child: ChildProcessWithoutNullStreams
  readonly #closed: Promise<unknown[]>
  #wake: () => void = () => undefined
  out = ''
  error = ''

  constructor(args: string[]) {
    this.#child = spawn(process.execPath, [main, 'serve', ...args], { env: { ...process.env, CORSLAB_DATA: join(folder, 'data') } })
    this.#closed = once(this.#child, 'close')
    this.#child.stdout.setEncoding('utf8').on('data', (text: string) => this.#heard('out', text))
    this.#child.stderr.setEncoding('utf8').on('data', (text: string) => this.#heard('error', text))
    running.push(this)
  }

  /** The first line that matches, printed already or to come. */
  async line(pattern: RegExp, stream: 'out' | 'error' = 'out'): Promise<string> {
    for (;;) {
      const found = this[stream].split('\n').find((line) => pattern.test(line))
      if (found !== undefined) return found
      if (this.#child.exitCode !== null) throw new Error(`It ended with ${this.#child.exitCode}: ${this.out}${this.error}`)
      await new Promise<void>((resolve) => (this.#wake = resolve))
    }
  }

  /** With `--json`: the first event of that kind that passes. */
  async event(kind: string, passes: (event: Record<string, unknown>) => boolean = () => true): Promise<Record<string, unknown>> {
    const read = (line: string) => JSON.parse(line) as Record<string, unknown>
    for (let from = 0; ;) {
      const lines = this.out.split('\n').slice(0, -1)
      const found = lines
        .slice(from)
        .map(read)
        .find((each) => each['event'] === kind && passes(each))
      if (found !== undefined) return found
      from = lines.length
      await new Promise<void>((resolve) => (this.#wake = resolve))
    }
  }

  async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<number | null> {
    this.#child.kill(signal)
    return this.code()
  }

  async code(): Promise<number | null> {
    return (await this.#closed)[0] as number | null
  }

  #heard(stream: 'out' | 'error', text: string): void {
    this[stream] += text
    this.#wake()
  }
}

async function file(name: string, content: unknown): Promise<string> {
  const path = join(folder, name)
  // As editors do it: the new file takes the place of the old one.
  await writeFile(`${path}.new`, typeof content === 'string' ? content : JSON.stringify(content))
  await rename(`${path}.new`, path)
  return path
}

const allowOrigin = async (port: unknown): Promise<string | null> =>
  (await fetch(`http://localhost:${String(port)}/orders`, { headers: { Origin: page } })).headers.get('Access-Control-Allow-Origin')

describe('corslab serve', () => {
  it('starts the servers of a workspace, says where they are, prints a line a request and ends with 0 at a signal', async () => {
    const workspace = { ...exampleWorkspace, servers: [newMockServer({ id: 'a', name: 'Orders API', port: 0 })] }
    const served = new Served([await file('workspace.json', workspace)])
    const [, port] = /Orders API is at http:\/\/localhost:(\d+)/.exec(await served.line(/ is at /)) ?? []
    expect(await allowOrigin(port)).toBe(page)
    expect(await served.line(/GET/)).toMatch(/^\d\d:\d\d:\d\d {2}Orders API {2}GET \/orders {2}200 {2}from http:\/\/localhost:5173/)
    await fetch(`http://localhost:${String(port)}/x`, {
      method: 'OPTIONS',
      headers: { Origin: page, 'Access-Control-Request-Method': 'PUT' },
    })
    expect(await served.line(/OPTIONS/)).toMatch(/OPTIONS \/x {2}204 {2}preflight {2}from http:\/\/localhost:5173 {2}Allowed: /)
    await (await fetch(`http://localhost:${String(port)}/y`, { headers: { Origin: 'https://evil.example' } })).text()
    expect(await served.line(/GET \/y/)).toMatch(/200 {2}from https:\/\/evil\.example {2}Blocked: /)
    expect(await served.stop('SIGINT')).toBe(0)
  })

  it('takes a server file that says no more than it has to, and prints objects', async () => {
    const path = await file('orders.json', { policy: { origins: 'any' } })
    const served = new Served([path, '--json'])
    const { port, name, origins } = await served.event('listening')
    expect([name, origins]).toEqual(['orders', [`http://localhost:${String(port)}`]])
    expect(await allowOrigin(port)).toBe('*')
    expect(await served.event('request')).toMatchObject({
      server: 'server',
      kind: 'request',
      method: 'GET',
      target: '/orders',
      status: 200,
      verdict: { short: 'Allowed' },
    })
    expect(await served.stop('SIGTERM')).toBe(0)
  })

  it('serves a changed file from the next request on, and goes on as it was where the file is broken, saying where', async () => {
    const path = await file('orders.json', { policy: { origins: 'any' } })
    const served = new Served([path, '--json'])
    const { port } = await served.event('listening')
    await file('orders.json', '{\n  "policy": {{\n}')
    expect(await served.event('trouble')).toMatchObject({
      code: 'not-servers',
      details: { file: path, where: 'Line 2, column 14', reason: expect.stringContaining('Not JSON') as unknown },
    })
    expect(await allowOrigin(port)).toBe('*')
    await file('orders.json', { policy: { origins: [page] } })
    await served.event('reloaded')
    expect(await allowOrigin(port)).toBe(page)
  })

  it('starts servers that come, stops those that go, and moves one whose port changed', async () => {
    const server = (id: string, port = 0) => newMockServer({ id, name: id, port })
    const path = await file('workspace.json', { ...exampleWorkspace, servers: [server('a'), server('b')] })
    const served = new Served([path, '--json'])
    const a = await served.event('listening', ({ server }) => server === 'a')
    const b = await served.event('listening', ({ server }) => server === 'b')
    const freed = Number(b['port'])
    await file('workspace.json', { ...exampleWorkspace, servers: [server('a', freed), server('c')] })
    expect(await served.event('stopped')).toMatchObject({ server: 'b' })
    await served.event('listening', ({ server }) => server === 'c')
    await served.event('listening', ({ server, port }) => server === 'a' && port === freed)
    expect(await allowOrigin(freed)).toBe(page)
    await expect(allowOrigin(a['port'])).rejects.toThrow()
  })

  it('gives the first server the port of --port and the others those after it', async () => {
    const port = await twoFreePortsInARow()
    const [one, two] = [await file('one.json', { port: 4001 }), await file('two.json', { port: 4001 })]
    const served = new Served([one, two, '--json', '--port', String(port)])
    expect(await served.event('listening', ({ name }) => name === 'one')).toMatchObject({ port })
    expect(await served.event('listening', ({ name }) => name === 'two')).toMatchObject({ port: port + 1 })
  })

  it('names a port that is taken; the other servers run, and with none it ends with 3', async () => {
    const taken = await startMockServer(newMockServer({ id: 'p', name: 'p', port: 0 }), { onExchange: () => undefined })
    try {
      const { port } = taken.state()
      const [one, two] = [await file('one.json', { port }), await file('two.json', { port: 0 })]
      const served = new Served([one, two])
      expect(await served.line(/taken/, 'error')).toContain(`Port ${port} is taken.`)
      await served.line(/two is at/)
      const none = new Served([one])
      expect(await none.code()).toBe(3)
      expect(none.error).toContain('No server runs.')
    } finally {
      await taken.stop()
    }
  })

  it('serves https by the lab’s authority, and files from the folder beside the file', async () => {
    await mkdir(join(folder, 'files'))
    await writeFile(join(folder, 'files', 'orders.json'), '[17]')
    const path = await file('api.json', {
      hosts: ['https://api.example.com'],
      response: { kind: 'file', status: 200, headers: [], file: 'orders.json' },
    })
    const served = new Served([path])
    const [, port] = /http:\/\/localhost:(\d+), https:\/\/api\.example\.com$/.exec(await served.line(/ is at /)) ?? []
    expect(await served.line(/--cacert/)).toContain(join(folder, 'data', 'lab-authority.pem'))
    expect(await (await fetch(`http://localhost:${String(port)}/`)).text()).toBe('[17]')
  })

  it.each([
    [[], 2, 'serve needs a FILE'],
    [['missing.json'], 3, 'missing.json was not read.'],
    [['x.json', '--port', 'http'], 2, '--port is http'],
  ])('ends at once where there is nothing to serve: %j', async (args, code, why) => {
    const served = new Served(args)
    expect(await served.code()).toBe(code)
    expect(served.error).toContain(why)
  })

  it('ends with 2 where a file is broken at the start, and starts no other', async () => {
    const served = new Served([await file('good.json', {}), await file('bad.json', { port: 'x' })])
    expect(await served.code()).toBe(2)
    expect(served.error).toMatch(/bad\.json does not say what to serve\. port: /)
    expect(served.out).toBe('')
  })
})

/** Below those that a system gives out by itself, of which another test may get the second meanwhile. */
async function twoFreePortsInARow(): Promise<number> {
  for (;;) {
    const port = randomInt(20_000, 30_000)
    if ((await isFree(port)) && (await isFree(port + 1))) return port
  }
}

function isFree(port: number): Promise<boolean> {
  const server = createServer()
  return new Promise((resolve) => {
    server.once('error', () => resolve(false))
    server.listen(port, () => server.close(() => resolve(true)))
  })
}

describe('a server file', () => {
  it('has a new server’s values where it says nothing', () => {
    expect(parseServers('{"port": 4001}', 'orders')).toEqual([newMockServer({ id: 'server', name: 'orders', port: 4001 })])
  })

  it.each([
    ['[', 'Line 1, column 2'],
    ['7', 'The whole value'],
    ['null', 'The whole value'],
    ['{"polcy": {}}', 'polcy'],
    ['{"policy": {"origin": "any"}}', 'policy.origin'],
    ['{"policy": null}', 'policy'],
    ['{"policy": {"preflightStatus": 99}}', 'policy.preflightStatus'],
    [
      '{"routes": [{"id": "a", "method": "GET", "path": "/", "response": {"kind": "fixed", "status": 1000, "headers": [], "body": ""}}]}',
      'routes.0.response.status',
    ],
    ['{"servers": []}', 'version'],
    [JSON.stringify({ ...exampleWorkspace, servers: [exampleWorkspace.servers[0], exampleWorkspace.servers[0]] }), 'servers.1.id'],
  ])('names the place in which %s is none', (text, where) => expect(parseServers(text, 'x')).toMatchObject({ where }))
})
