/**
 * What a page does with a scenario's requests, as its script or markup would: `observe(requests)` resolves with how each of them ended.
 * An `exception` is one that comes before anything is sent.
 */
export const runnerScript = `
// What a script that was loaded does wrong is no message of the browser's.
addEventListener('error', (event) => event.preventDefault())
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms))
const names = (list) => [...new Set(list)].sort()
function bodyOf({ body }) {
  if (body === undefined || typeof body === 'string') return body
  const { kind, value, type } = body
  if (kind === 'urlencoded') return new URLSearchParams(value)
  if (kind === 'bytes') return new TextEncoder().encode(value)
  if (kind === 'blob') return new Blob([value], type === undefined ? {} : { type })
  const form = new FormData()
  for (const [name, text] of Object.entries(value)) form.append(name, text)
  return form
}
async function byFetch(request) {
  const init = {}
  for (const name of ['method', 'mode', 'credentials', 'redirect']) if (request[name] !== undefined) init[name] = request[name]
  if (request.headers?.length) init.headers = request.headers
  try {
    new Request(request.url, { ...init, body: bodyOf(request) })
  } catch {
    return { outcome: 'exception' }
  }
  try {
    const response = await fetch(request.url, { ...init, body: bodyOf(request) })
    const { type, status, headers } = response
    // The next request must not meet this one's connection half-read; a body that never ends is left.
    await Promise.race([response.text().catch(() => null), sleep(1000)])
    return type === 'basic' || type === 'cors' ? { outcome: type, status, headers: names(headers.keys()) } : { outcome: type }
  } catch {
    return { outcome: 'network-error' }
  }
}
function byXHR(request, end) {
  const xhr = new XMLHttpRequest()
  const lines = () => xhr.getAllResponseHeaders().split('\\r\\n').filter(Boolean)
  xhr.onload = () => end('load', { status: xhr.status, headers: names(lines().map((line) => line.split(':')[0].toLowerCase())) })
  xhr.onerror = xhr.onabort = xhr.ontimeout = () => end('network-error')
  if (request.uploadListener) xhr.upload.onprogress = () => {}
  xhr.open(request.method ?? 'GET', request.url)
  xhr.withCredentials = request.credentials === 'include'
  for (const [name, value] of request.headers ?? []) xhr.setRequestHeader(name, value)
  xhr.send(bodyOf(request))
}
const byElement = (name, attributes, place) => (request, end) => {
  const element = document.createElement(name)
  if (request.crossorigin !== undefined) element.setAttribute('crossorigin', request.crossorigin)
  element.onload = () => end('load')
  element.onerror = () => end('network-error')
  for (const [attribute, value] of Object.entries(attributes)) element.setAttribute(attribute, value ?? request.url)
  if (place) document[place].append(element)
}
function byFrame({ url }, end) {
  const frame = document.createElement('iframe')
  frame.onload = () => {
    let readable = false
    try {
      readable = frame.contentDocument !== null
    } catch {}
    // It stays for a while: what it holds may have something to do.
    end('load', readable ? { readable } : {})
  }
  frame.src = url
  document.body.append(frame)
  // One that is not let in as mixed content fires no event at all; scripts never hear of errors in frames.
  sleep(3000).then(() => end('load')).then(() => frame.remove())
}
function byWorker({ url }, end) {
  const worker = new Worker(url)
  worker.onerror = () => end('network-error')
  // A worker tells nobody that it runs; one that cannot be loaded tells soon.
  sleep(1000).then(() => end('load')).then(() => worker.terminate())
}
function byFontFace({ url }, end) {
  const source = 'url("' + url.replace(/["\\\\\\n]/g, (sign) => '\\\\' + sign.charCodeAt(0).toString(16) + ' ') + '")'
  new FontFace('font', source).load().then(() => end('load'), () => end('network-error'))
}
function byEventSource({ url, credentials }, end) {
  const source = new EventSource(url, { withCredentials: credentials === 'include' })
  source.onopen = () => end('load')
  source.onerror = () => end('network-error')
  return () => source.close()
}
const ways = {
  xhr: byXHR,
  img: byElement('img', { src: null }),
  script: byElement('script', { src: null }, 'head'),
  module: byElement('script', { type: 'module', src: null }, 'head'),
  stylesheet: byElement('link', { rel: 'stylesheet', href: null }, 'head'),
  'link-preload-fetch': byElement('link', { rel: 'preload', as: 'fetch', href: null }, 'head'),
  iframe: byFrame,
  worker: byWorker,
  import: ({ url }, end) => void import(url).then(() => end('load'), () => end('network-error')),
  font: byFontFace,
  eventsource: byEventSource,
  beacon: (request, end) => end(navigator.sendBeacon(request.url, bodyOf(request)) ? 'sent' : 'refused'),
}
function observeOne(request) {
  if (request.api === 'fetch') return byFetch(request)
  return new Promise((resolve) => {
    let clear
    const end = (outcome, seen) => {
      clear?.()
      resolve({ outcome, ...seen })
    }
    try {
      clear = ways[request.api](request, end)
    } catch {
      end('exception')
    }
  })
}
async function observe(requests) {
  const endings = []
  for (const request of requests) {
    if (request.after) await sleep(request.after)
    endings.push(await observeOne(request))
  }
  return endings
}
`
