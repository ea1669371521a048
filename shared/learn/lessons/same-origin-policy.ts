import { newPolicy } from '#shared/policy/policy'
import { all, exchange, report, type Facts } from '../facts.ts'
import type { BenchPart, Lesson, Why } from '../lesson.ts'
import { pageHTML, pageRoutes, route } from '../page-html.ts'

const own = pageHTML({
  title: 'A page of the notes server',
  button: 'Read the notes',
  text: 'Its origin is the one of the notes.',
  script: `await read('own', '/notes?way=own')`,
})

const reader = pageHTML({
  title: 'A page of another origin',
  button: 'Read the notes',
  script: `await read('fetch', 'http://localhost:{api}/notes?way=fetch')`,
})

/** What each page does with an element once it is there: it tries to read what the element shows. */
const tools = `
const at = (path) => 'http://localhost:{api}' + path
const put = (tag, attributes) => document.body.appendChild(Object.assign(document.createElement(tag), attributes))
const loaded = (element) => new Promise((resolve, reject) => {
  element.onload = resolve
  element.onerror = () => reject(new Error('it did not load'))
})
const away = (frame) => new Promise((resolve) => {
  frame.onload = () => { if (frame.contentDocument === null) resolve() }
})
async function tried(step, effect, look) {
  try {
    await effect
    saw(step, 'read', look())
  } catch (error) {
    saw(step, error.name === 'SecurityError' ? 'done' : 'blocked', error.name === 'SecurityError' ? 'It is there. Reading it: SecurityError' : error)
  }
}`

const embedder = pageHTML({
  title: 'A page that embeds',
  button: 'Embed everything',
  script: `
${tools}
const picture = put('img', { alt: '', src: at('/picture?way=image') })
const sheet = put('link', { rel: 'stylesheet', href: at('/style?way=style') })
const frame = put('iframe', { src: at('/page?way=frame') })
const script = put('script', { src: at('/script?way=script') })
await Promise.all([
  tried('image', loaded(picture), () => {
    const canvas = document.createElement('canvas')
    canvas.getContext('2d').drawImage(picture, 0, 0)
    return canvas.toDataURL()
  }),
  tried('style', loaded(sheet), () => sheet.sheet.cssRules[0].cssText),
  tried('frame', away(frame), () => frame.contentWindow.document.body.textContent),
  loaded(script).then(
    () => saw('script', 'done', 'It ran here and left ' + notes.length + ' notes in a variable. Its text: ' + (script.text || 'empty')),
    (error) => saw('script', 'blocked', error),
  ),
])`,
})

const sender = pageHTML({
  title: 'A page that sends',
  button: 'Send two notes',
  script: `
${tools}
const answer = put('iframe', { name: 'answer' })
const form = put('form', { method: 'POST', action: at('/notes?way=form'), target: 'answer' })
form.innerHTML = '<input type="hidden" name="text" value="Written by a form">'
const answered = away(answer)
form.submit()
await Promise.all([
  tried('form', answered, () => answer.contentWindow.document.body.textContent),
  read('no-cors', at('/notes?way=no-cors'), { method: 'POST', mode: 'no-cors', body: 'text=Written by a script' }),
])`,
})

const ways = [
  { step: 'fetch', text: 'fetch()' },
  { step: 'image', text: '<img>' },
  { step: 'style', text: '<link rel="stylesheet">' },
  { step: 'script', text: '<script src>' },
  { step: 'frame', text: '<iframe>' },
  { step: 'form', text: '<form method="POST">' },
  { step: 'no-cors', text: 'fetch(), mode no-cors' },
]

const reach: BenchPart = { part: 'reach', server: 'api', ways }
const log: BenchPart = { part: 'log', servers: ['api'] }

const sent = (way: string) => exchange({ role: 'api', kind: 'request', handled: true, target: new RegExp(`[?]way=${way}$`) })
const took = (step: string) => report({ role: 'client', step, outcome: 'done' })
const refused = (step: string) => report({ role: 'client', step, outcome: 'done', text: /SecurityError/ })
const tried = (step: string) => report({ role: 'client', step })
const anyRead = report({ role: 'client', outcome: 'read' })

const noneRead = (facts: Facts) => all(...ways.flatMap(({ step }) => [sent(step), tried(step)]))(facts) && !facts.seen.some(anyRead)

const html = [['Content-Type', 'text/html; charset=utf-8']] as const

const asks = (url: string, request: Partial<Why['request']> = {}): Why => ({
  page: { origin: 'http://localhost:{client}' },
  request: { api: 'fetch', url: `http://localhost:{api}${url}`, headers: [], ...request },
})

export const sameOriginPolicy: Lesson = {
  id: 'same-origin-policy',
  title: 'The same-origin policy',
  minutes: 8,
  servers: [
    {
      role: 'api',
      name: 'Notes server',
      port: 5000,
      definition: {
        policy: { ...newPolicy, origins: 'none' },
        routes: [
          ...pageRoutes({ '/own': own }),
          route('GET', '/notes', 200, [['Content-Type', 'application/json']], '["Call the bank","Water the fern"]'),
          route('POST', '/notes', 200, html, 'The note is kept.'),
          route('GET', '/script', 200, [['Content-Type', 'text/javascript']], 'var notes = ["Call the bank", "Water the fern"]'),
          route('GET', '/style', 200, [['Content-Type', 'text/css']], 'h1 { border-left: 6px solid seagreen; padding-left: 8px }'),
          route('GET', '/page', 200, html, '<!doctype html><title>Notes</title><p>Call the bank. Water the fern.</p>'),
          route(
            'GET',
            '/picture',
            200,
            [['Content-Type', 'image/svg+xml']],
            '<svg xmlns="http://www.w3.org/2000/svg" width="60" height="40"><rect width="60" height="40" fill="seagreen"/></svg>',
          ),
        ],
      },
    },
    {
      role: 'client',
      name: 'Client page',
      port: 8000,
      definition: { routes: pageRoutes({ '/': reader, '/embed': embedder, '/send': sender }) },
    },
  ],
  steps: [
    {
      title: 'Sent, and kept back',
      text: [
        'A server on port {api} keeps notes. It says nothing of CORS. A page of its own reads them: same origin. A page from port {client} asks for the very same thing with `fetch`.',
        'Press both. The second script gets an error, and the error tells it nothing: not the status, not even whether a server was there. Then look at the log. The request arrived, and the server’s own code ran for it as for the first.',
        'That is the same-origin policy: a script may read what is of its own origin. It is a rule about reading, not about sending.',
      ],
      why: asks('/notes'),
      checks: [
        {
          id: 'own',
          text: 'The page of the same origin has read the notes',
          done: all(report({ role: 'api', step: 'own', outcome: 'read' })),
        },
        {
          id: 'blocked',
          text: 'The page of another origin was kept from them',
          done: all(report({ role: 'client', step: 'fetch', outcome: 'blocked' })),
        },
        { id: 'ran', text: 'The server’s code ran for it all the same', done: all(sent('fetch')) },
      ],
      bench: [
        {
          part: 'pages',
          pages: [
            { id: 'own', url: 'http://localhost:{api}/own', button: 'Read from the same origin' },
            { id: 'reader', url: 'http://localhost:{client}/', button: 'Read from another origin' },
          ],
        },
        log,
      ],
    },
    {
      title: 'Embedded, not read',
      text: [
        'A page may show what is not its own. Pictures, stylesheets, scripts and frames have always come from anywhere, and no header of CORS is needed for them.',
        'To show is not to read. The picture is drawn, but a canvas that it was drawn on gives no pixels back. The stylesheet holds, but its rules are closed to the script. The frame shows a page whose document cannot be reached.',
        'A script is the odd one: its text stays closed, yet it runs in this page, with this page’s rights, and what it puts into variables is here for all to see. So keep no secret in a script.',
      ],
      why: asks('/picture', { api: 'img' }),
      checks: [
        {
          id: 'embedded',
          text: 'Picture, stylesheet, script and frame all took effect',
          done: all(...['image', 'style', 'script', 'frame'].map(took)),
        },
        {
          id: 'closed',
          text: 'Picture, stylesheet and frame could not be read',
          done: all(...['image', 'style', 'frame'].map(refused)),
        },
      ],
      bench: [{ part: 'pages', pages: [{ id: 'embedder', url: 'http://localhost:{client}/embed', button: 'Embed everything' }] }, reach],
    },
    {
      title: 'To send is enough',
      text: [
        'A form may post to anywhere: the web did so before there were scripts. And a `fetch` in the mode `no-cors` says beforehand that it does not want to read. The browser then sends it, and hands the script an opaque response: status 0, no header, no body.',
        'Neither script learns what the server said. But two notes were written, and the server cannot take that back. Whatever changes something must be guarded by the server itself; the same-origin policy will not do it.',
        'The table now holds seven ways to reach one server: all of them sent, none of them readable.',
      ],
      why: asks('/notes', { method: 'POST', mode: 'no-cors', body: 'text=Written by a script' }),
      checks: [
        {
          id: 'form',
          text: 'The form’s note has arrived',
          done: all(
            exchange({ role: 'api', method: 'POST', target: /[?]way=form$/, handled: true, body: /text=Written/ }),
            refused('form'),
          ),
        },
        {
          id: 'no-cors',
          text: 'So has the script’s, whose response is opaque',
          done: all(
            exchange({ role: 'api', method: 'POST', target: /[?]way=no-cors$/, handled: true, body: /text=Written/ }),
            report({ role: 'client', step: 'no-cors', outcome: 'opaque' }),
          ),
        },
        { id: 'none-read', text: 'Every way of the table was sent, and none was readable', done: noneRead },
      ],
      bench: [{ part: 'pages', pages: [{ id: 'sender', url: 'http://localhost:{client}/send', button: 'Send two notes' }] }, reach, log],
    },
  ],
}
