import { once } from 'node:events'
import { chmod, mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { connect, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { LabError } from '#shared/contract/errors'
import { methods, type LabService, type MethodName } from '#shared/contract/methods'
import { readRendererFiles } from './renderer-files.ts'
import { askRunningHost, leaveNote } from './running-host.ts'
import { serveWebHost, type WebHost } from './serve.ts'
import { readOrMakeToken } from './token.ts'

const token = 'the-right-token'
let folder: string
let host: WebHost
let reported: unknown[]

/** A service whose every method answers with its own name; `run.cancel` fails in a way nobody foresaw. */
const service = Object.fromEntries(
  (Object.keys(methods) as MethodName[]).map((name) => [
    name,
    (input: unknown) => (name === 'run.cancel' ? Promise.reject(new Error('/home/somebody/secret')) : Promise.resolve({ name, input })),
  ]),
) as unknown as LabService

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'corslab-web-'))
  await mkdir(join(folder, 'page', 'assets'), { recursive: true })
  await writeFile(join(folder, 'page', 'index.html'), '<!doctype html><title>CORS Lab</title>')
  await writeFile(join(folder, 'page', 'assets', 'main.js'), 'export {}')
  await writeFile(join(folder, 'page', 'assets', 'main.js.map'), '{}')
  await writeFile(join(folder, 'outside.json'), '"secret"')
  reported = []
  const files = await readRendererFiles(join(folder, 'page'))
  host = await serveWebHost({ port: 0, files, token, service, report: (error) => reported.push(error) })
})

afterEach(async () => {
  await host.close()
  await rm(folder, { recursive: true })
})

/** Sends these bytes and reads until the host closes: nothing between tidies them up. */
async function raw(head: string): Promise<string> {
  const socket = connect(host.port, '127.0.0.1')
  socket.end(`${head}\r\nConnection: close\r\n\r\n`)
  let answer = ''
  for await (const chunk of socket.setEncoding('latin1')) answer += chunk as string
  return answer
}

const own = () => `127.0.0.1:${host.port}`
const get = (path: string) => raw(`GET ${path} HTTP/1.1\r\nHost: ${own()}`)
const statusOf = (answer: string) => Number(answer.split(' ')[1])

describe('the page', () => {
  it('is delivered with a strict policy, and without one CORS header', async () => {
    const answer = await get('/')
    expect(statusOf(answer)).toBe(200)
    expect(answer).toContain('<title>CORS Lab</title>')
    expect(answer).toContain("Content-Security-Policy: default-src 'none'; script-src 'self'; ")
    expect(answer).toContain(`connect-src 'self' ws://${own()};`)
    expect(answer).toContain("frame-ancestors 'none'")
    expect(answer).toContain('X-Content-Type-Options: nosniff')
    expect(answer).toContain('Referrer-Policy: no-referrer')
    expect(answer).toContain('Cross-Origin-Opener-Policy: same-origin')
    expect(answer).toContain('Cross-Origin-Resource-Policy: same-origin')
    expect(answer.toLowerCase()).not.toContain('access-control-')
  })

  it('does not hold the token', async () => expect(await get('/')).not.toContain(token))

  it('brings its scripts along, typed', async () => expect(await get('/assets/main.js')).toContain('Content-Type: text/javascript'))

  it.each([
    '/../outside.json',
    '/%2e%2e/outside.json',
    '/assets/../../outside.json',
    '/..%5coutside.json',
    '//outside.json',
    'http://127.0.0.1/',
  ])('is all there is: %s does not exist', async (path) => expect(statusOf(await get(path))).toBe(404))

  it('leaves its source maps at home', async () => expect(statusOf(await get('/assets/main.js.map'))).toBe(404))

  it.each(['POST', 'PUT', 'OPTIONS', 'DELETE'])('is not for %s', async (method) =>
    expect(statusOf(await raw(`${method} / HTTP/1.1\r\nHost: ${own()}\r\nOrigin: https://attacker.example`))).toBe(405),
  )

  it('sends no body to HEAD', async () => expect(await raw(`HEAD / HTTP/1.1\r\nHost: ${own()}`)).not.toContain('<title>'))

  it.each(['attacker.example', 'localhost:{port}', '127.0.0.1', '127.0.0.1:1', '[::1]:{port}'])(
    'is not for a request to Host %s: a name that leads here is not ours (DNS rebinding)',
    async (name) => expect(statusOf(await raw(`GET / HTTP/1.1\r\nHost: ${name.replace('{port}', String(host.port))}`))).toBe(421),
  )

  it('says which port is free where the one asked for is taken, and disturbs nobody', async () => {
    const second = serveWebHost({ port: host.port, files: new Map(), token, service, report: () => undefined })
    const error: unknown = await second.catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(LabError)
    const { code, details } = error as LabError<'port-in-use'>
    expect({ code, port: details.port }).toEqual({ code: 'port-in-use', port: host.port })
    expect(details.free).toBeGreaterThan(host.port)
    expect(statusOf(await get('/'))).toBe(200)
  })

  it('is not served on a number that is no port', async () =>
    expect(serveWebHost({ port: 65_536, files: new Map(), token, service, report: () => undefined })).rejects.toMatchObject({
      code: 'port-out-of-range',
    }))
})

/** The status that refused it, or the open socket. */
async function open(headers: Record<string, string>, target = `/bridge?token=${token}`): Promise<number | WebSocket> {
  const socket = new WebSocket(`ws://${own()}${target}`, { headers })
  return new Promise((resolve, reject) => {
    socket.on('open', () => resolve(socket))
    socket.on('unexpected-response', (_, response) => {
      resolve(response.statusCode ?? 0)
      response.destroy()
    })
    socket.on('error', reject)
  })
}

const origin = () => `http://${own()}`

async function connected(): Promise<WebSocket> {
  const socket = await open({ Origin: origin() })
  if (typeof socket === 'number') throw new Error(`refused with ${socket}`)
  return socket
}

async function ask(socket: WebSocket, message: unknown): Promise<unknown> {
  socket.send(typeof message === 'string' ? message : JSON.stringify(message))
  const [data] = (await once(socket, 'message')) as [Buffer]
  return JSON.parse(data.toString())
}

describe('the bridge', () => {
  it('opens for its own page with the token', async () => expect(await open({ Origin: origin() })).toBeInstanceOf(WebSocket))

  it.each([
    ['the wrong token', () => origin(), '/bridge?token=the-wrong-token'],
    ['half of the token', () => origin(), '/bridge?token=the-right'],
    ['an empty token', () => origin(), '/bridge?token='],
    ['no token', () => origin(), '/bridge'],
    ['another page’s Origin', () => 'https://attacker.example', undefined],
    ['the Origin null', () => 'null', undefined],
    ['the Origin of a neighbouring port', () => 'http://127.0.0.1:4001', undefined],
    ['its Origin by another name', () => `http://localhost:${host.port}`, undefined],
  ])('stays shut for %s', async (_, from, target) => expect(await open({ Origin: from() }, target)).toBe(403))

  it('stays shut without an Origin', async () => expect(await open({})).toBe(403))

  it('stays shut for another Host', async () => expect(await open({ Origin: origin(), Host: `attacker.example:${host.port}` })).toBe(403))

  it('is at /bridge only', async () => expect(await open({ Origin: origin() }, `/?token=${token}`)).toBe(404))

  it('answers a call under its number', async () =>
    expect(await ask(await connected(), { id: 7, name: 'mock-server.stop', input: { id: 'a' } })).toEqual({
      id: 7,
      reply: { ok: true, value: { name: 'mock-server.stop', input: { id: 'a' } } },
    }))

  it.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'mock-server.destroy', '', 7, null, { toString: 'x' }])(
    'knows no call named %j',
    async (name) =>
      expect(await ask(await connected(), { id: 1, name, input: {} })).toMatchObject({
        reply: { ok: false, error: { code: 'unknown-method' } },
      }),
  )

  it('passes on no input of the wrong shape, and names the field', async () =>
    expect(await ask(await connected(), { id: 1, name: 'mock-server.stop', input: { id: 7 } })).toMatchObject({
      reply: { ok: false, error: { code: 'invalid-input', details: { issues: { id: [expect.stringContaining('string')] } } } },
    }))

  it('keeps the text of an unforeseen error in the host', async () => {
    const reply = await ask(await connected(), { id: 1, name: 'run.cancel', input: { runId: 'r' } })
    expect(reply).toEqual({ id: 1, reply: { ok: false, error: { code: 'internal', details: {} } } })
    expect(reported).toEqual([new Error('/home/somebody/secret')])
  })

  it.each(['not JSON', '[]', 'null', '"call"', '{"name":"host.describe"}', '{"id":"1","name":"host.describe"}'])(
    'hangs up on %s',
    async (message) => {
      const socket = await connected()
      socket.send(message)
      expect((await once(socket, 'close'))[0]).toBe(1007)
    },
  )

  it('hangs up on a binary message', async () => {
    const socket = await connected()
    socket.send(Buffer.from('{"id":1,"name":"host.describe","input":{}}'), { binary: true })
    expect((await once(socket, 'close'))[0]).toBe(1007)
  })

  it('hangs up on a message beyond 16 MiB, and goes on serving', async () => {
    const socket = await connected()
    socket.send('x'.repeat(16 * 1024 * 1024 + 1))
    expect((await once(socket, 'close'))[0]).toBe(1009)
    expect(await ask(await connected(), { id: 2, name: 'host.describe', input: {} })).toMatchObject({ id: 2, reply: { ok: true } })
  })

  it('tells every page what the lab tells', async () => {
    const pages = [await connected(), await connected()]
    const told = pages.map(async (page) => JSON.parse(String((await once(page, 'message'))[0])) as unknown)
    host.emit('mock-server.state', { id: 'a', state: null })
    expect(await Promise.all(told)).toEqual(pages.map(() => ({ event: 'mock-server.state', payload: { id: 'a', state: null } })))
  })

  it('is cut when the host closes', async () => {
    const socket = await connected()
    const closed = once(socket, 'close')
    await host.close()
    expect((await closed)[0]).toBe(1006)
  })
})

describe('the token', () => {
  it('is 256 random bits, another one for every data folder, and outlives the host', async () => {
    const first = await readOrMakeToken(join(folder, 'a'))
    expect(first).toMatch(/^[\w-]{43}$/)
    expect(await readOrMakeToken(join(folder, 'a'))).toBe(first)
    expect(await readOrMakeToken(join(folder, 'b'))).not.toBe(first)
  })

  it.runIf(process.platform !== 'win32')('lies in a file that its owner alone can read, even if the mode was lost', async () => {
    const first = await readOrMakeToken(folder)
    await chmod(join(folder, 'web-token'), 0o644)
    expect(await readOrMakeToken(folder)).toBe(first)
    expect((await stat(join(folder, 'web-token'))).mode & 0o777).toBe(0o600)
  })

  it('is made anew where the file is not one', async () => {
    await writeFile(join(folder, 'web-token'), 'short')
    expect(await readOrMakeToken(folder)).toMatch(/^[\w-]{43}$/)
    expect(await readFile(join(folder, 'web-token'), 'utf8')).toMatch(/^[\w-]{43}$/)
  })
})

describe('a data folder that cannot be one', () => {
  it('is named', async () => {
    await writeFile(join(folder, 'file'), '')
    await expect(readOrMakeToken(join(folder, 'file'))).rejects.toMatchObject({
      code: 'file-unwritable',
      details: { file: join(folder, 'file', 'web-token') },
    })
  })
})

describe('a host that runs already', () => {
  /** A host that says of itself that it works on this file. */
  const hostOf = async (workspaceFile: string) => {
    const describing = { ...service, 'host.describe': () => Promise.resolve({ workspaceFile }) } as unknown as LabService
    await host.close()
    host = await serveWebHost({ port: 0, files: new Map(), token, service: describing, report: () => undefined })
    await leaveNote(folder, host.port)
  }

  it('is found by its note', async () => {
    await hostOf('/data/workspace.json')
    expect(await askRunningHost(folder, token, '/data/workspace.json')).toEqual({ port: host.port })
  })

  it('is none where there is no note, or the note makes no sense', async () => {
    expect(await askRunningHost(folder, token, '/data/workspace.json')).toBe('none')
    await writeFile(join(folder, 'web-host.json'), '{"port":"80; rm"}')
    expect(await askRunningHost(folder, token, '/data/workspace.json')).toBe('none')
  })

  it('is none where it ended without taking its note away', async () => {
    await hostOf('/data/workspace.json')
    await host.close()
    expect(await askRunningHost(folder, token, '/data/workspace.json')).toBe('none')
  })

  it('is a stranger where it works on other files, or knows no such token', async () => {
    await hostOf('/other/workspace.json')
    expect(await askRunningHost(folder, token, '/data/workspace.json')).toBe('stranger')
    expect(await askRunningHost(folder, 'another-token', '/other/workspace.json')).toBe('stranger')
  })

  it('is a stranger where it does not speak as a host does', async () => {
    const other = createServer((_, response) => response.end('hello')).listen(0, '127.0.0.1')
    await once(other, 'listening')
    await leaveNote(folder, (other.address() as AddressInfo).port)
    expect(await askRunningHost(folder, token, '/data/workspace.json')).toBe('stranger')
    other.close()
  })
})
