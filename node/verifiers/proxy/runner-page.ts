import { runnerScript } from './runner-script.ts'

// No favicon: browsers would ask the scenario's servers for one.
const head = '<!doctype html><meta charset="utf-8"><title>CORS Lab</title><link rel="icon" href="data:,"><body>'

/** The page prints this after the messages of each scenario: a mark for whoever reads the console, person or program. */
export const endOfScenario = 'CORS Lab: the scenario has ended.'

/** Where a scenario's script runs: in the page itself, or in a frame of it that has an opaque origin. */
export type Frame = 'none' | 'sandboxed' | 'data'

/** A page without an origin of the web: a `data:` document has an opaque one, and no URL that another could be relative to. */
const detached = `${head}${scriptElement(`${runnerScript}
addEventListener('message', async ({ data }) => parent.postMessage(await observe(data), '*'))
parent.postMessage('ready', '*')`)}`

/** Where the document of the sandboxed frame is, on the origin of the page. */
export const frameQuery = '?cors-lab-frame'

/**
 * The page that runs scenarios, served at `/` of the scenario's page origin: relative URLs, the referrer and some messages go by the page's own
 * URL. It pulls: each call for the next thing to do brings what came of the last. The pages of earlier visits are the same one.
 * What a script of its own origin replaces in it later on, it does not call: what it needs it has taken before.
 */
export const runnerPage = (pass: string): string =>
  `${head}${scriptElement(`
const { fetch, Response: { prototype: { json } }, JSON: { stringify }, Reflect: { apply } } = window
${runnerScript}
let pass = '${pass}'
const sources = {
  sandboxed: (frame) => {
    frame.sandbox = 'allow-scripts'
    frame.src = '/${frameQuery}'
  },
  data: (frame) => {
    frame.src = 'data:text/html;charset=utf-8,' + encodeURIComponent(${inScript(detached)})
  },
}
const frames = {}
function observeInFrame(kind, requests) {
  frames[kind] ??= new Promise((resolve) => {
    const made = document.createElement('iframe')
    sources[kind](made)
    addEventListener('message', () => resolve(made.contentWindow), { once: true })
    document.body.append(made)
  })
  return frames[kind].then((made) => new Promise((resolve) => {
    addEventListener('message', ({ data }) => resolve(data), { once: true })
    made.postMessage(requests, '*')
  }))
}
async function pull() {
  for (let done = null; ;) {
    const next = await apply(json, await fetch('/?' + pass, { __proto__: null, method: 'POST', body: stringify(done) }), [])
    pass = next.pass
    if (next.go) return location.replace(next.go)
    done = null
    if (!next.requests) continue
    done = { task: next.task, endings: await (next.frame === 'none' ? observe(next.requests) : observeInFrame(next.frame, next.requests)) }
    console.debug('${endOfScenario}')
  }
}
pull()`)}`

/** The document of the sandboxed frame in that page. */
export const runnerFrame = detached.replace('<body>', '<base href="/"><body>')

/** Scenarios load scripts of their own into the page: ours takes no name from them, and its text is none of their business. */
function scriptElement(script: string): string {
  return `<script>document.currentScript.remove();(() => {\n${script}\n})()</script>`
}

/** As a string literal inside a script element. */
function inScript(text: string): string {
  return JSON.stringify(text).replaceAll('<', '\\u003c')
}
