// No favicon: browsers would ask the scenario's servers for one.
const head = '<!doctype html><meta charset="utf-8"><title>CORS Lab</title><link rel="icon" href="data:,"><body>'

/** Runs a scenario's request as its script would; an `exception` is one that comes before anything is sent. */
const observe = `
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
async function observeFetch(request) {
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
    await Promise.race([response.text().catch(() => null), new Promise((resolve) => setTimeout(resolve, 1000))])
    return type === 'basic' || type === 'cors' ? { outcome: type, status, headers: names(headers.keys()) } : { outcome: type }
  } catch {
    return { outcome: 'network-error' }
  }
}
function observeXHR(request) {
  return new Promise((resolve) => {
    try {
      const xhr = new XMLHttpRequest()
      const lines = () => xhr.getAllResponseHeaders().split('\\r\\n').filter(Boolean)
      xhr.onload = () => resolve({ outcome: 'load', status: xhr.status, headers: names(lines().map((line) => line.split(':')[0].toLowerCase())) })
      xhr.onerror = xhr.onabort = xhr.ontimeout = () => resolve({ outcome: 'network-error' })
      if (request.uploadListener) xhr.upload.onprogress = () => {}
      xhr.open(request.method ?? 'GET', request.url)
      xhr.withCredentials = request.credentials === 'include'
      for (const [name, value] of request.headers ?? []) xhr.setRequestHeader(name, value)
      xhr.send(bodyOf(request))
    } catch {
      resolve({ outcome: 'exception' })
    }
  })
}
const observe = (request) => request.api === 'xhr' ? observeXHR(request) : observeFetch(request)
`

/** The page prints this after the messages of each scenario: a mark for whoever reads the console, person or program. */
export const endOfScenario = 'CORS Lab: the scenario has ended.'

/**
 * The page that runs scenarios, served at `/` of the scenario's page origin: relative URLs, the referrer and some messages go by the page's own
 * URL. It pulls: each call for the next thing to do brings what came of the last.
 */
export const runnerPage = (token: string): string => `${head}<script>${observe}
const path = '/?${token}'
let frame = null
function observeInFrame(request) {
  frame ??= new Promise((resolve) => {
    const made = document.createElement('iframe')
    made.sandbox = 'allow-scripts'
    made.src = path + '.frame'
    addEventListener('message', () => resolve(made.contentWindow), { once: true })
    document.body.append(made)
  })
  return frame.then((made) => new Promise((resolve) => {
    addEventListener('message', ({ data }) => resolve(data), { once: true })
    made.postMessage(request, '*')
  }))
}
async function pull() {
  for (let done = null; ;) {
    const next = await (await fetch(path + '.next', { method: 'POST', body: JSON.stringify(done) })).json()
    if (next.go) return location.replace(next.go)
    done = null
    if (!next.request) continue
    done = { task: next.task, ...await (next.sandboxed ? observeInFrame(next.request) : observe(next.request)) }
    console.debug('${endOfScenario}')
  }
}
pull()
</script>`

/** The document of the sandboxed frame in that page. */
export const runnerFrame = `${head}<base href="/"><script>${observe}
addEventListener('message', async ({ data }) => parent.postMessage(await observe(data), '*'))
parent.postMessage('ready', '*')
</script>`
