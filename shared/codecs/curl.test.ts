import { describe, expect, it } from 'vitest'
import { readCurl } from './curl.ts'
import { isCurl } from './is-curl.ts'
import { shellWords } from './shell-words.ts'

describe('shell words', () => {
  it.each([
    [`curl 'a b' c\\ d "e\\"f\\g"`, ['curl', 'a b', 'c d', 'e"f\\g']],
    [`a 'b'\\''c'`, ['a', "b'c"]],
    [`a \\\n  b`, ['a', 'b']],
    [`a $'l1\\nl2\\u0021\\'\\x41' $HOME`, ['a', "l1\nl2!'A", '$HOME']],
    [`a '' b`, ['a', '', 'b']],
    [`a | b`, ['a']],
    [`a "b\\\nc"`, ['a', 'bc']],
    [`a 'b`, null],
  ])('of %j', (command, words) => {
    expect(shellWords(command)).toEqual(words)
  })
})

function read(command: string) {
  const result = readCurl(command)
  if (!result.ok) throw new Error(result.problem)
  return result
}

describe('a cURL command', () => {
  it('as Chromium copies it', () => {
    const copied = `curl 'https://api.example.com/orders/42' \\
  -X 'PUT' \\
  -H 'accept: application/json' \\
  -H 'content-type: application/json' \\
  -b 'session=1' \\
  -H 'origin: https://app.example.com' \\
  -H 'referer: https://app.example.com/' \\
  -H 'sec-fetch-mode: cors' \\
  -H 'user-agent: Mozilla/5.0' \\
  -H 'x-api-key: k' \\
  --data-raw $'{"note":"it\\'s"}' --compressed`
    expect(read(copied)).toEqual({
      ok: true,
      request: {
        api: 'fetch',
        url: 'https://api.example.com/orders/42',
        method: 'PUT',
        credentials: 'include',
        headers: [
          ['accept', 'application/json'],
          ['content-type', 'application/json'],
          ['x-api-key', 'k'],
        ],
        body: `{"note":"it's"}`,
      },
      origin: 'https://app.example.com',
      leftOut: ['referer', 'sec-fetch-mode', 'user-agent'],
    })
  })

  it.each([
    ['curl localhost:4001/x', { url: 'http://localhost:4001/x', headers: [] }],
    ['curl -sS -XPATCH http://a.example', { method: 'PATCH', url: 'http://a.example' }],
    ['curl --request=DELETE http://a.example', { method: 'DELETE' }],
    ['curl -I http://a.example', { method: 'HEAD' }],
    [
      `curl -d a=1 -d b=2 http://a.example`,
      { method: 'POST', body: 'a=1&b=2', headers: [['Content-Type', 'application/x-www-form-urlencoded']] },
    ],
    [`curl -G --data-urlencode 'q=a b' http://a.example/?x`, { url: 'http://a.example/?x&q=a%20b', headers: [] }],
    [
      `curl --json '{"a":1}' http://a.example`,
      {
        method: 'POST',
        body: '{"a":1}',
        headers: [
          ['Content-Type', 'application/json'],
          ['Accept', 'application/json'],
        ],
      },
    ],
    [`curl -F a=1 -F b=2 http://a.example`, { method: 'POST', body: { kind: 'form', value: { a: '1', b: '2' } } }],
    [`curl -u me:pw http://a.example`, { headers: [['Authorization', 'Basic bWU6cHc=']] }],
    [`curl -o out.json http://a.example`, { url: 'http://a.example' }],
  ])('%s', (command, expected) => {
    expect(read(command).request).toMatchObject(expected)
  })

  it.each([
    [`curl -d @body.json http://a.example`, 'It reads @body.json: a file that is not here. Write its content instead.'],
    [`curl 'http://a.example`, 'A quote in it is not closed.'],
    [`curl -s -H 'A: b'`, 'It has no URL.'],
    [`curl -F a=1 -F a=2 http://a.example`, 'Two fields of its form have the same name; the lab keeps one of each.'],
  ])('%s: says why it cannot be read', (command, problem) => {
    expect(readCurl(command)).toEqual({ ok: false, problem })
  })

  it('is told from a URL', () => {
    expect(['curl http://a', '$ curl -s http://a', 'http://curl.se/ x', 'curly'].map(isCurl)).toEqual([true, true, false, false])
  })
})
