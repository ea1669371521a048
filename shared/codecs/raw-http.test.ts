import { describe, expect, it } from 'vitest'
import { parseHead, parseRequestLine, parseStatusLine, writeHead } from './raw-http.ts'

describe('parseHead', () => {
  it('keeps order, letter case and doubled lines', () => {
    const bytes = 'GET / HTTP/1.1\r\nHost: a\r\nX-b: 1\r\nx-B:2\r\nEmpty:\r\n\r\nbody'
    expect(parseHead(bytes)).toEqual({
      startLine: 'GET / HTTP/1.1',
      headerList: [
        ['Host', 'a'],
        ['X-b', '1'],
        ['x-B', '2'],
        ['Empty', ''],
      ],
      bodyOffset: bytes.length - 4,
      malformed: [],
    })
  })

  it('reads back what writeHead wrote', () => {
    const headerList = [
      ['Vary', 'Origin'],
      ['vary', '\xe9, "a: b"'],
    ] as const
    expect(parseHead(writeHead('HTTP/1.1 200 OK', headerList))).toMatchObject({ startLine: 'HTTP/1.1 200 OK', headerList, malformed: [] })
  })

  it('begins where it is told to', () => {
    const bytes = 'HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 204 No Content\r\nA: 1\r\n\r\n'
    expect(parseHead(bytes, 25)).toMatchObject({ startLine: 'HTTP/1.1 204 No Content', headerList: [['A', '1']], bodyOffset: bytes.length })
  })

  it.each(['', 'GET / HTTP', 'GET / HTTP/1.1\r\n', 'GET / HTTP/1.1\r\nA: 1\r\n', 'GET / HTTP/1.1\r\nA: 1\r\n\r'])(
    'has no body yet after %j',
    (bytes) => {
      expect(parseHead(bytes).bodyOffset).toBeNull()
    },
  )

  it('takes a lone LF for the end of a line', () => {
    expect(parseHead('GET / HTTP/1.1\nA: 1\n\n')).toMatchObject({ headerList: [['A', '1']], bodyOffset: 21 })
  })

  it.each([
    ['No colon here', [], 'without a colon'],
    [': no name', [], 'not a token'],
    ['Two words: 1', [], 'not a token'],
    ['Spaced : 1', [['Spaced', '1']], 'White space'],
  ] as const)('says where and why %j is malformed', (line, headerList, reason) => {
    expect(parseHead(`GET / HTTP/1.1\r\n${line}\r\n\r\n`)).toMatchObject({
      headerList,
      malformed: [{ offset: 16, reason: expect.stringContaining(reason) as unknown }],
    })
  })

  it('joins a continued line to the one before and says so', () => {
    expect(parseHead('GET / HTTP/1.1\r\nA: 1\r\n  2\r\n\r\n')).toMatchObject({ headerList: [['A', '1 2']], malformed: [{ offset: 22 }] })
  })
})

describe('parseRequestLine', () => {
  it.each(['patch', 'CHICKEN', 'M-SEARCH', 'GET'])('takes %s for a method', (method) => {
    expect(parseRequestLine(`${method} /a?b HTTP/1.1`)).toEqual({ method, target: '/a?b', version: '1.1' })
  })

  it.each(['', 'GET', 'GET /', 'GET /a b HTTP/1.1', 'GET  / HTTP/1.1', 'G@T / HTTP/1.1', 'GET / http/1.1', 'GET / HTTP/1.1 '])(
    'refuses %j',
    (line) => {
      expect(parseRequestLine(line)).toBeNull()
    },
  )
})

describe('parseStatusLine', () => {
  it.each([
    ['HTTP/1.1 404 Not Found', { version: '1.1', status: 404, statusMessage: 'Not Found' }],
    ['HTTP/1.0 200', { version: '1.0', status: 200, statusMessage: '' }],
    ['HTTP/1.1 200 ', { version: '1.1', status: 200, statusMessage: '' }],
    ['HTTP/1.1 20 OK', null],
    ['SSH-2.0-OpenSSH', null],
  ])('reads %j as %j', (line, expected) => {
    expect(parseStatusLine(line)).toEqual(expected)
  })
})
