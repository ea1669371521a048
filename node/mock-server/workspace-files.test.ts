import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Route } from '#shared/policy/mock-server'
import { bytesOf, client, reported, start } from '../../tests/served.ts'

let folder: string
let files: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'corslab-files-'))
  files = join(folder, 'files')
  await mkdir(join(files, 'deep'), { recursive: true })
  await writeFile(join(folder, 'lab-authority.key'), 'secret')
  await writeFile(join(files, 'orders.json'), '[{"id":17}]')
  await writeFile(join(files, 'large.bin'), Buffer.alloc(3_000_000, 'a'))
  await writeFile(join(files, 'deep', 'page.html'), '<p>page')
  await symlink(join(folder, 'lab-authority.key'), join(files, 'link.txt'))
  await symlink(folder, join(files, 'up'))
  await symlink(join(files, 'orders.json'), join(files, 'inside.json'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

/** Serves one file, whatever the path that is asked for. */
const startWith = (file: string, filesFolder: string | null = files) => {
  const route: Route = {
    id: 'file',
    method: '*',
    path: '/*',
    response: { kind: 'file', status: 200, headers: [], file },
    delay: 0,
    needsCredentials: false,
    cookies: [],
    policy: null,
    faults: null,
  }
  return start({ routes: [route] }, filesFolder === null ? {} : { filesFolder })
}
const ask =
  (head = 'GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n') =>
  async (server: Awaited<ReturnType<typeof start>>) =>
    client(server).send(head).all()
const GET = ask()

describe('a route that answers with a file', () => {
  it.each([
    ['orders.json', 'application/json', '[{"id":17}]'],
    ['deep/page.html', 'text/html;charset=utf-8', '<p>page'],
    ['deep/../orders.json', 'application/json', '[{"id":17}]'],
    ['inside.json', 'application/json', '[{"id":17}]'],
  ])('sends %s in chunks, with the type that its name tells', async (file, type, content) => {
    const text = await GET(await startWith(file))
    expect(text).toMatch(/^HTTP\/1\.1 200 OK\r\n/)
    expect(text).toContain(`Content-Type: ${type}\r\n`)
    expect(text).toContain('Transfer-Encoding: chunked\r\n')
    expect(text.split('\r\n\r\n')[1]).toBe(`${content.length.toString(16)}\r\n${content}\r\n0`)
  })

  it.each([
    '../lab-authority.key',
    'deep/../../lab-authority.key',
    'link.txt',
    'up/lab-authority.key',
    'up',
    'deep',
    '',
    '.',
    '..',
    'no.txt',
    'a\0b',
  ])('answers 404 to %j, which is not a file inside of the folder', async (file) => {
    const text = await GET(await startWith(file))
    expect(text).toMatch(/^HTTP\/1\.1 404 Not Found\r\n/)
    expect(text).not.toContain('secret')
  })

  it('answers 404 to a whole path, also to one that leads inside', async () => {
    expect(await GET(await startWith(join(files, 'orders.json')))).toMatch(/^HTTP\/1\.1 404/)
  })

  it('takes no path from the request', async () => {
    const server = await startWith('orders.json')
    for (const target of ['/../lab-authority.key', '/%2e%2e/lab-authority.key', '/..%5clab-authority.key'])
      expect(await ask(`GET ${target} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n`)(server)).toContain('[{"id":17}]')
  })

  it('answers 404 where there is no folder', async () => expect(await GET(await startWith('orders.json', null))).toMatch(/^HTTP\/1\.1 404/))

  it('sends the head alone to HEAD, and all bytes without chunks to HTTP/1.0', async () => {
    const server = await startWith('large.bin')
    const head = await ask('HEAD / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n')(server)
    expect(head).toMatch(/^HTTP\/1\.1 200 OK\r\n.*\r\n\r\n$/s)
    const [, body] = (await ask('GET / HTTP/1.0\r\n\r\n')(server)).split('\r\n\r\n')
    expect(body).toBe('a'.repeat(3_000_000))
    const exchange = (await reported(2))[1]
    expect(exchange?.response?.size).toBeGreaterThan(3_000_000)
    expect(bytesOf(exchange?.response)).toHaveLength(1024 * 1024)
  })
})
