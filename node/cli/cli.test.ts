import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { delimiter, join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openCommand } from './open-browser.ts'
import { readLines } from './text-in.ts'

const main = resolve(import.meta.dirname, 'main.ts')

/** Runs the command line as a process, as a script would. */
async function corslab(args: string[], input = ''): Promise<{ code: number | null; out: string; error: string }> {
  const child = spawn(process.execPath, [main, ...args], { env: { ...process.env, CORSLAB_DATA: join(folder, 'data') } })
  let [out, error] = ['', '']
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => (out += chunk))
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => (error += chunk))
  child.stdin.end(input)
  const [code] = (await once(child, 'close')) as [number | null]
  return { code, out, error }
}

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'corslab-cli-'))
})
afterAll(() => rm(folder, { recursive: true }))

async function file(name: string, content: unknown): Promise<string> {
  const path = join(folder, name)
  await writeFile(path, typeof content === 'string' ? content : JSON.stringify(content, null, 2))
  return path
}

const allowing = [['Access-Control-Allow-Origin', 'http://app.example']]
/** A PUT with a header that needs leave, to a server that grants or withholds it. */
const scenario = (id: string, preflightHeaders: string[][]) => ({
  id,
  page: { origin: 'http://app.example' },
  request: { api: 'fetch', url: 'http://api.example/orders/42', method: 'PUT', headers: [['X-API-Key', 'k']] },
  server: [
    {
      url: 'http://api.example/orders/42',
      preflight: { status: 204, headers: preflightHeaders },
      response: { status: 200, headers: [...allowing, ['Content-Type', 'text/plain']], body: 'ok' },
    },
  ],
})
const granting = [...allowing, ['Access-Control-Allow-Methods', 'PUT'], ['Access-Control-Allow-Headers', 'x-api-key']]
const allowed = scenario('allowed', granting)
const blocked = scenario('blocked', allowing)

describe('corslab', () => {
  it('tells its version', async () => {
    const { code, out } = await corslab(['--version'])
    expect({ code, out }).toEqual({ code: 0, out: expect.stringMatching(/^\d+\.\d+\.\d+\n$/) as string })
  })

  it.each([[['--help']], [['run', '--help']]])('tells what there is: %j', async (args) => {
    const { code, out } = await corslab(args)
    expect(code).toBe(0)
    for (const verb of ['corslab web', 'corslab predict', 'corslab run', 'corslab serve']) expect(out).toContain(verb)
  })

  it.each([
    [[], 'Which command?'],
    [['toString'], 'There is no command toString.'],
    [['predict', '--browser', 'netscape'], '--browser is netscape; it may be standard, chromium, firefox, webkit.'],
    [['predict', '--fast'], '--fast'],
    [['run'], 'run needs a FILE'],
    [['verify'], '--browser is missing; it may be chromium, firefox, webkit, or the path of a browser’s program.'],
    [['verify', '--browser', 'standard'], '--browser is standard; it may be chromium'],
    [['verify', '--browser', 'chromium', '--lanes', '0'], '--lanes is 0; it may be a whole number from 1 to 16.'],
    [['run', 'x.json', '--timeout', '1e9'], '--timeout is 1e9; it may be a whole number from 1 to 600000.'],
    [['web', '--port', '65536'], '--port is 65536; it may be a whole number from 0 to 65535.'],
    [['web', '--port', '-1'], '--port'],
  ])('ends with 2 and says why where the command line is none: %j', async (args, why) => {
    const { code, out, error } = await corslab(args)
    expect({ code, out }).toEqual({ code: 2, out: '' })
    expect(error).toContain(why)
  })
})

describe('corslab predict', () => {
  it('answers each line in its place, and ends with 2 if one of them was no scenario', async () => {
    const lines = [JSON.stringify(allowed), '', '{"id":"x"}', 'nonsense', JSON.stringify(blocked)]
    const { code, out } = await corslab(['predict', '--json'], lines.join('\r\n'))
    const answers = out.trimEnd().split('\n')
    expect(code).toBe(2)
    expect(answers.map((line) => JSON.parse(line) as unknown)).toEqual([
      expect.objectContaining({ id: 'allowed', outcome: 'cors', status: 200, headers: ['content-type'] }),
      { error: expect.any(String) as string, line: 3, field: 'page' },
      { error: expect.stringContaining('Not JSON') as string, line: 4, field: 'Column 2' },
      expect.objectContaining({
        id: 'blocked',
        outcome: 'network-error',
        ruling: expect.objectContaining({ effect: 'stopped' }) as object,
      }),
    ])
  })

  it('prints of an exchange what recorded observations hold, and no more', async () => {
    const { out } = await corslab(['predict', '--json', '--browser', 'firefox'], JSON.stringify(blocked))
    const { exchanges } = JSON.parse(out) as { exchanges: unknown }
    expect(exchanges).toEqual([
      {
        kind: 'preflight',
        method: 'OPTIONS',
        url: 'http://api.example/orders/42',
        origin: 'http://app.example',
        requestMethod: 'PUT',
        requestHeaders: ['x-api-key'],
      },
    ])
  })

  it('answers 5000 lines in their order', async () => {
    const ids = Array.from({ length: 5000 }, (_, index) => `s${index}`)
    const { code, out } = await corslab(['predict', '--json'], ids.map((id) => JSON.stringify({ ...allowed, id })).join('\n'))
    expect(code).toBe(0)
    expect(
      out
        .trimEnd()
        .split('\n')
        .map((line) => (JSON.parse(line) as { id: string }).id),
    ).toEqual(ids)
  })

  it('reads a .json file as one scenario, and says in words what would happen and why', async () => {
    const { code, out } = await corslab(['predict', await file('blocked.json', blocked), '--browser', 'chromium'])
    expect(code).toBe(0)
    expect(out).toContain('CORS-preflight request')
    expect(out).toContain('> OPTIONS http://api.example/orders/42')
    expect(out).toContain('Blocked at the preflight.')
    expect(out).toContain('Console: Access to fetch at')
    expect(out).toContain('https://fetch.spec.whatwg.org/#')
  })

  it('tells apart what is CORS’s doing and what the cookie’s', async () => {
    const cookies = [{ url: 'http://api.example/', set: ['sid=1; SameSite=Lax'] }]
    const given = JSON.stringify({ ...blocked, cookies, request: { ...blocked.request, credentials: 'include' } })
    const { out } = await corslab(['predict', '--json'], given)
    expect((JSON.parse(out) as { cookieStory: object }).cookieStory).toMatchObject({ blame: 'both' })
    const words = await corslab(['predict', await file('cookies.json', given)])
    expect(words.out).toContain('Not CORS alone: the cookie sid would stay behind because it is SameSite=Lax')
  })

  it('reads text that begins with a byte order mark, as Windows’ tools write it', async () =>
    expect(await corslab(['predict', '--json'], `\uFEFF${JSON.stringify(allowed)}`)).toMatchObject({ code: 0, error: '' }))

  it('ends with 3 where the file cannot be read', async () => {
    const { code, error } = await corslab(['predict', join(folder, 'missing.ndjson')])
    expect(code).toBe(3)
    expect(error).toContain('missing.ndjson was not read.')
  })

  it('is content if whoever reads its output has seen enough', async () => {
    const child = spawn(process.execPath, [main, 'predict', '--json'])
    const line = `${JSON.stringify(allowed)}\n`
    child.stdin.on('error', () => undefined)
    child.stdin.write(line)
    await once(child.stdout, 'data')
    child.stdout.destroy()
    child.stdin.end(line.repeat(2000))
    expect((await once(child, 'close'))[0]).toBe(0)
  })
})

describe('readLines', () => {
  it('asks for no more text before the lines it gave are dealt with', async () => {
    let asked = 0
    // eslint-disable-next-line @typescript-eslint/require-await -- as a stream would
    async function* chunks() {
      for (const chunk of ['a\nb\n', 'c', 'd\n\ne']) {
        asked += 1
        yield chunk
      }
    }
    const seen: [number, unknown][] = []
    for await (const lines of readLines(chunks())) seen.push([asked, lines])
    expect(seen).toEqual([
      [
        1,
        [
          { number: 1, text: 'a' },
          { number: 2, text: 'b' },
        ],
      ],
      [2, []],
      [3, [{ number: 3, text: 'cd' }]],
      [3, [{ number: 5, text: 'e' }]],
    ])
  })

  it('forgets a line of more than 16 Mi characters, and goes on with the next', async () => {
    // eslint-disable-next-line @typescript-eslint/require-await -- as a stream would
    async function* chunks() {
      for (let part = 0; part < 17; part++) yield 'x'.repeat(1024 * 1024)
      yield '\nnext\n'
    }
    const lines = []
    for await (const some of readLines(chunks())) lines.push(...some)
    expect(lines).toEqual([
      { number: 1, text: null },
      { number: 2, text: 'next' },
    ])
  })
})

describe('corslab run', () => {
  it('sends the scenario, shows the bytes, and ends with 0 where the script reads the response', async () => {
    const { code, out } = await corslab(['run', await file('allowed.json', allowed)])
    expect(out).toMatch(/> OPTIONS \/orders\/42 HTTP\/1\.1/)
    expect(out).toMatch(/< HTTP\/1\.1 204/)
    expect(out).toMatch(/> PUT \/orders\/42 HTTP\/1\.1/)
    expect(out).toContain('Allowed. The script reads status 200')
    expect(code).toBe(0)
  })

  it('ends with 1 where the script does not', async () => {
    const { code, out } = await corslab(['run', '-', '--json'], JSON.stringify(blocked))
    const result = JSON.parse(out) as { outcome: string; wire: { kind: string; request: { bytes: string } }[] }
    expect(code).toBe(1)
    expect(result.outcome).toBe('network-error')
    expect(result.wire.map(({ kind }) => kind)).toEqual(['preflight'])
    expect(Buffer.from(result.wire[0]!.request.bytes, 'base64').toString('latin1')).toContain('Access-Control-Request-Method: PUT\r\n')
  })

  it('sends it over the network where the scenario has no server', async () => {
    const server = createServer((request, response) =>
      response
        .writeHead(200, { 'Access-Control-Allow-Origin': request.headers.origin ?? '', 'Content-Type': 'text/plain' })
        .end('\u001B[31mred'),
    ).listen(0, '127.0.0.1')
    await once(server, 'listening')
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
    const { code, out } = await corslab(
      ['run', '-'],
      JSON.stringify({ id: 's', page: { origin: 'http://localhost:5173' }, request: { api: 'fetch', url } }),
    )
    server.close()
    expect(code).toBe(0)
    expect(out).toContain('> Origin: http://localhost:5173')
    expect(out).not.toContain('\u001B')
  })

  it.each([
    ['{"id": "s"}', 'page: '],
    ['{\n  "id": "s",\n}', 'Line 3, column 1: Not JSON'],
  ])('ends with 2 and names file and place where the file is no scenario: %j', async (text, place) => {
    const path = await file('broken.json', text)
    const { code, error } = await corslab(['run', path])
    expect(code).toBe(2)
    expect(error).toContain(`${path} is not a scenario. ${place}`)
  })

  it('ends with 3 where the file cannot be read', async () =>
    expect(await corslab(['run', join(folder, 'missing.json')])).toMatchObject({ code: 3 }))
})

describe('the way to open the page', () => {
  const url = 'http://127.0.0.1:4780/#token=t'
  const open = (platform: string, environment: Record<string, string>, there: string[], isRoot = false) =>
    openCommand(url, platform, environment, (path) => there.includes(path), isRoot)

  it('is a window of its own where a Chromium is found', () => {
    const PATH = ['/usr/local/bin', '/usr/bin'].join(delimiter)
    expect(open('linux', { PATH, DISPLAY: ':0' }, [join('/usr/bin', 'chromium')])).toEqual({
      command: join('/usr/bin', 'chromium'),
      args: [`--app=${url}`],
    })
  })

  it('is the user’s browser otherwise', () => {
    expect(open('linux', { PATH: '/usr/bin', WAYLAND_DISPLAY: 'wayland-0' }, [])).toEqual({ command: 'xdg-open', args: [url] })
    expect(open('darwin', {}, [])).toEqual({ command: 'open', args: [url] })
    expect(open('win32', {}, [])).toEqual({ command: 'rundll32', args: ['url.dll,FileProtocolHandler', url] })
  })

  it('starts no Chromium without its sandbox', () =>
    expect(open('linux', { PATH: '/usr/bin', DISPLAY: ':0' }, [join('/usr/bin', 'chromium')], true)).toEqual({
      command: 'xdg-open',
      args: [url],
    }))

  it('is none where there is no screen', () => expect(open('linux', { PATH: '/usr/bin' }, [join('/usr/bin', 'chromium')])).toBeNull())
})
