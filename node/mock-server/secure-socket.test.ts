import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connect } from 'node:tls'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Certificates } from '#node/certificates/certificates'
import { bytesOf, client, definition, open, plainGET, reported, start } from '../../tests/served.ts'
import type { RunningMockServer } from './mock-server.ts'

let folder: string
let certificates: Certificates
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'corslab-secure-'))
  certificates = new Certificates(folder)
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const startSecure = (changes: Partial<typeof definition> = {}) =>
  start({ scheme: 'https', ...changes }, { contextFor: (host) => certificates.secureContextFor(host) })

async function secureClient(server: RunningMockServer) {
  const { pem } = await certificates.authority()
  const socket = connect({ port: server.state().port, host: '127.0.0.1', servername: 'localhost', ca: pem })
  open.push({ close: () => socket.destroy() })
  await once(socket, 'secureConnect')
  return socket
}

const run = promisify(execFile)
const curl = await run('curl', ['--version']).then(
  () => true,
  () => false,
)

describe('a mock server over https', () => {
  it.runIf(curl)('answers curl --cacert by the names it answers for, preflight and all', async () => {
    const { file } = await certificates.authority()
    const server = await startSecure({ hosts: ['https://api.example.com'] })
    const { port } = server.state()
    const ask = async (...args: string[]) =>
      (await run('curl', ['-sS', '-i', '--noproxy', '*', '--cacert', file, '--connect-to', `::127.0.0.1:${port}`, ...args])).stdout
    expect(await ask(`https://localhost:${port}/`)).toMatch(/^HTTP\/1\.1 200 OK\r\n/)
    expect(await ask(`https://127.0.0.1:${port}/`)).toMatch(/^HTTP\/1\.1 200 OK\r\n/)
    const preflight = ['-X', 'OPTIONS', '-H', 'Origin: http://localhost:5173', '-H', 'Access-Control-Request-Method: PUT']
    expect(await ask(...preflight, 'https://api.example.com/orders')).toMatch(
      /^HTTP\/1\.1 204 No Content\r\nAccess-Control-Allow-Origin: http:\/\/localhost:5173\r\n/,
    )
    // The bytes inside of the encryption.
    expect(bytesOf((await reported(3))[2]?.request)).toMatch(/^OPTIONS \/orders HTTP\/1\.1\r\nHost: api\.example\.com\r\n/)
  })

  it('keeps a connection, and closes it when it is stopped', async () => {
    const server = await startSecure()
    const socket = await secureClient(server)
    for (let n = 0; n < 2; n++) {
      socket.write(plainGET)
      const [answer] = (await once(socket, 'data')) as [Buffer]
      expect(answer.toString('latin1')).toMatch(/^HTTP\/1\.1 200 OK\r\n/)
    }
    const closed = once(socket, 'close')
    await server.stop()
    await closed
  })

  it('speaks http on the same port where it answers for an http host, too; otherwise it says what is wrong', async () => {
    const both = await startSecure({ hosts: ['http://api.example.com'] })
    expect((await client(both).send(plainGET).answer()).status).toBe(200)
    expect((await secureClient(both)).authorized).toBe(true)
    const { status, body } = await client(await startSecure())
      .send(plainGET)
      .answer()
    expect([status, body]).toEqual([400, 'The URL says http:, but this server speaks https: only.\n'])
    // Also where the same request is known from over TLS.
    const secure = await startSecure()
    const socket = await secureClient(secure)
    for (let n = 0; n < 3; n++) {
      socket.write(plainGET)
      await once(socket, 'data')
    }
    expect((await client(secure).send(plainGET).answer()).status).toBe(400)
  })

  it('logs a handshake that came to nothing, and lives on', async () => {
    const server = await startSecure()
    const broken = client(server).send('\x16\x03\x01\x00\x05hello')
    await broken.all()
    expect(await reported(1)).toMatchObject([{ status: null, trouble: expect.stringContaining('The TLS handshake failed') as unknown }])
    expect((await secureClient(server)).authorized).toBe(true)
  })

  it('cuts a client that does not finish its handshake', async () => {
    const server = await start(
      { scheme: 'https' },
      { contextFor: (host) => certificates.secureContextFor(host), patience: { idle: 100, head: 100, body: 100, answer: 100 } },
    )
    const [silent, slow] = [client(server), client(server).send('\x16\x03\x01')]
    expect(await silent.all()).toBe('')
    expect(await slow.all()).toBe('')
  })

  it('is made over to https and back while it runs: from the next connection on', async () => {
    const server = await start({}, { contextFor: (host) => certificates.secureContextFor(host) })
    server.update({ ...definition, scheme: 'https' })
    expect((await secureClient(server)).authorized).toBe(true)
    server.update(definition)
    expect((await client(server).send(plainGET).answer()).status).toBe(200)
  })
})
