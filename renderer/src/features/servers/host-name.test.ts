import { describe, expect, it } from 'vitest'
import { readHost } from './host-name.ts'

describe('a name for a server', () => {
  it.each([
    ['api.example.com', 'http', 'http://api.example.com'],
    ['api.example.com', 'https', 'https://api.example.com'],
    ['https://API.example.com', 'http', 'https://api.example.com'],
    ['https://api.example.com:8443', 'http', 'https://api.example.com:8443'],
    [' https://api.example.com/ ', 'http', 'https://api.example.com'],
  ] as const)('%s on a server that speaks %s is %s', (typed, scheme, origin) => {
    expect(readHost(typed, scheme)).toEqual({ ok: true, origin })
  })

  it.each([
    ['', /host/],
    ['api example', /host/],
    ['ftp://api.example.com', /http or https/],
    ['https://api.example.com/v1', /https:\/\/api\.example\.com$/],
    ['localhost', /by itself/],
    ['http://127.0.0.1:4001', /by itself/],
  ])('%j is none, and it is said why', (typed, problem) => {
    expect(readHost(typed, 'http')).toEqual({ ok: false, problem: expect.stringMatching(problem) as string })
  })
})
