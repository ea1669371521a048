import { describe, expect, it } from 'vitest'
import { originsOf, serverAt, speaks } from './server-at.ts'

const server = (scheme: 'http' | 'https', ...hosts: string[]) => ({ scheme, hosts })
const plain = { server: server('http'), port: 4001 }
const named = { server: server('http', 'https://api.example.com', 'http://api.example.com:8080'), port: 4002 }
const secure = { server: server('https'), port: 4443 }
const all = [plain, named, secure]

describe('the server that a URL leads to', () => {
  it.each([
    ['http://localhost:4001/orders', plain],
    ['http://127.0.0.1:4001/', plain],
    ['http://[::1]:4001/', plain],
    ['http://app.localhost:4001/', plain],
    ['https://localhost:4443/', secure],
    // Its port speaks https for its name, and so for localhost.
    ['https://localhost:4002/', named],
    ['https://api.example.com/orders?page=2', named],
    ['https://API.example.com:443/', named],
    ['http://api.example.com:8080/', named],
  ])('%s: found', (url, found) => expect(serverAt(all, new URL(url))).toBe(found))

  it.each([
    'http://localhost:4003/',
    'https://localhost:4001/',
    'http://localhost:4443/',
    'http://api.example.com/',
    'https://api.example.com:4002/',
    'https://sub.api.example.com/',
    'http://example.com:4001/',
    'ws://localhost:4001/',
  ])('%s: nobody', (url) => expect(serverAt(all, new URL(url))).toBeUndefined())

  it('is looked for at the scheme’s own port where the URL names none', () => {
    const web = { server: { scheme: 'http' as const }, port: 80 }
    expect(serverAt([web], new URL('http://localhost/'))).toBe(web)
    expect(serverAt([web], new URL('https://localhost/'))).toBeUndefined()
  })
})

describe('the origins of a server', () => {
  it('are the one of its port and those it answers for, without those that are none', () => {
    expect(originsOf(named.server, 4002)).toEqual(['http://localhost:4002', 'https://api.example.com', 'http://api.example.com:8080'])
    expect(originsOf({ scheme: 'https', hosts: ['nonsense', 'data:x'] }, 443)).toEqual(['https://localhost'])
  })
})

it('a port speaks its own scheme and those of the hosts that it answers for', () => {
  expect([speaks(plain.server, 'http'), speaks(plain.server, 'https')]).toEqual([true, false])
  expect([speaks(named.server, 'http'), speaks(named.server, 'https')]).toEqual([true, true])
})
