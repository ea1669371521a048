import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connect, createServer, type DetailedPeerCertificate, type SecureContext } from 'node:tls'
import { promisify } from 'node:util'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { Certificates } from './certificates.ts'

let folder: string
const closing: (() => unknown)[] = []
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'corslab-certificates-'))
})
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
  await rm(folder, { recursive: true, force: true })
})

const run = promisify(execFile)
const curl = await run('curl', ['--version']).then(
  () => true,
  () => false,
)

/** A TLS server that answers with the host's certificate. */
async function serve(secureContext: SecureContext): Promise<number> {
  const server = createServer({ SNICallback: (_, done) => done(null, secureContext) }, (socket) => {
    socket.on('error', () => undefined)
    socket.once('data', () => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok'))
  }).listen(0, '127.0.0.1')
  // For clients that say no name.
  server.addContext('*', secureContext)
  closing.push(() => server.close())
  await once(server, 'listening')
  return (server.address() as AddressInfo).port
}

async function peer(port: number, servername: string, ca: string): Promise<DetailedPeerCertificate> {
  const socket = connect({ port, host: '127.0.0.1', servername, ca })
  closing.push(() => socket.destroy())
  await once(socket, 'secureConnect')
  return socket.getPeerCertificate(true)
}

describe('the lab’s certificates', () => {
  it('are good for their host and for localhost to whoever trusts the authority, and for no other host', async () => {
    const certificates = new Certificates(folder)
    const { pem } = await certificates.authority()
    const port = await serve(await certificates.secureContextFor('api.example.com'))
    const { subjectaltname, issuerCertificate } = await peer(port, 'api.example.com', pem)
    expect(subjectaltname).toBe('DNS:api.example.com, DNS:localhost, IP Address:127.0.0.1, IP Address:0:0:0:0:0:0:0:1')
    expect(issuerCertificate.subject.CN).toMatch(/^CORS Lab authority [0-9a-f]{8}$/)
    await expect(peer(port, 'other.example.com', pem)).rejects.toMatchObject({ code: 'ERR_TLS_CERT_ALTNAME_INVALID' })
  })

  it('are good for nobody who does not trust it', async () => {
    const port = await serve(await new Certificates(folder).secureContextFor('localhost'))
    const socket = connect({ port, host: '127.0.0.1', servername: 'localhost' })
    const [error] = (await once(socket, 'error')) as [NodeJS.ErrnoException]
    expect(error.code).toBe('SELF_SIGNED_CERT_IN_CHAIN')
  })

  it.runIf(curl)('are good for curl --cacert', async () => {
    const certificates = new Certificates(folder)
    const { file } = await certificates.authority()
    const port = await serve(await certificates.secureContextFor('api.example.com'))
    const args = ['-sS', '--noproxy', '*', '--cacert', file, '--resolve', `api.example.com:${port}:127.0.0.1`]
    expect((await run('curl', [...args, `https://api.example.com:${port}/`])).stdout).toBe('ok')
  })

  it('are made once a host, and once by two who ask at the same time', async () => {
    const certificates = new Certificates(folder)
    const [one, two] = await Promise.all([certificates.secureContextFor('a.example'), certificates.secureContextFor('A.example.')])
    expect(one).toBe(two)
  })

  it.each(['', 'a b', '*.example.com', '../x', 'a..b'])('are not made for %j, which is no host', async (host) =>
    expect(new Certificates(folder).secureContextFor(host)).rejects.toMatchObject({ code: 'certificate-unusable' }),
  )
})

const url = 'https://localhost:4443/'

describe('the lab’s authority', () => {
  it('is made once and kept, its key for its owner alone', async () => {
    const first = await new Certificates(folder).describe(url)
    const key = join(folder, 'lab-authority.key')
    if (process.platform !== 'win32') expect((await stat(key)).mode & 0o777).toBe(0o600)
    await chmod(key, 0o644)
    expect(await new Certificates(folder).describe(url)).toEqual(first)
    if (process.platform !== 'win32') expect((await stat(key)).mode & 0o777).toBe(0o600)
    expect(first.pem).toBe(await readFile(first.file, 'utf8'))
    expect(first.pem).not.toContain('PRIVATE')
    expect(first.fingerprint).toMatch(/^(?:[0-9A-F]{2}:){31}[0-9A-F]{2}$/)
  })

  it('is the same for two labs that start at the same time in one folder', async () => {
    const [one, two] = await Promise.all([new Certificates(folder).authority(), new Certificates(folder).authority()])
    expect(one.key).toBe(two.key)
    expect(one.certificate.subject).toBe(two.certificate.subject)
  })

  it.each(['lab-authority.key', 'lab-authority.pem'])('is refused by name where %s is broken, and used once it is mended', async (name) => {
    await new Certificates(folder).authority()
    const file = join(folder, name)
    const good = await readFile(file)
    await writeFile(file, 'nonsense')
    const certificates = new Certificates(folder)
    await expect(certificates.authority()).rejects.toMatchObject({ code: 'certificate-unusable', details: { file } })
    await writeFile(file, good)
    await certificates.authority()
  })

  it('is refused where certificate and key are not each other’s', async () => {
    const { file } = await new Certificates(folder).authority()
    await rm(join(folder, 'lab-authority.key'))
    await expect(new Certificates(folder).authority()).rejects.toMatchObject({
      details: { file, reason: expect.stringContaining('key') as unknown },
    })
  })

  it('says for each system how to trust it, with the file’s name', async () => {
    const { trust, file } = await new Certificates(folder).describe(url)
    expect(trust.map(({ system }) => system).join(' ')).toMatch(/curl.*Firefox.*Chrom.*Debian.*macOS.*Windows/)
    for (const { steps } of trust.slice(0, -1)) expect(steps.join(' ')).toContain(file)
    expect(trust[0]?.steps).toEqual([`$ curl --cacert "${file}" ${url}`])
  })
})
