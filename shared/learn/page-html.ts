import type { Route } from '#shared/policy/mock-server'

/** Where a page tells its own server what it has seen: it arrives as traffic, from whatever browser the page is open in. */
export const reportPath = '/seen'

/** The query with which a page presses its button itself. */
export const pressQuery = '?press'

interface PageParts {
  readonly title: string
  readonly button: string
  readonly text?: string
  /** What the button does. `read(step, url, init)` fetches and shows; `saw(step, outcome, text)` shows and reports. */
  readonly script: string
  /** Markup that the script needs. */
  readonly body?: string
}

/** The page of a lesson: a button, what came of it, and a report of it to the page's own server. It needs nothing from anywhere. */
export const pageHTML = ({ title, button, text = '', script, body = '' }: PageParts): string => `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${title}</title>
<link rel="icon" href="data:,">
<style>
  :root { color-scheme: light dark }
  body { margin: 12px; font: 13px/20px system-ui, sans-serif }
  h1 { margin: 0 0 4px; font-size: 15px }
  p { margin: 0 0 8px }
  button { font: inherit; padding: 2px 10px }
  pre { margin: 8px 0 0; font: 12px/18px ui-monospace, monospace; white-space: pre-wrap; overflow-wrap: anywhere }
</style>
<h1>${title}</h1>
${text === '' ? '' : `<p>${text}</p>`}
<button id="press">${button}</button>
<pre id="out" aria-live="polite"></pre>
${body}
<script>
const out = document.querySelector('#out')
let reports = []
function saw(step, outcome, text) {
  reports.push({ step, outcome, text: String(text).slice(0, 2000) })
  out.textContent += (out.textContent ? '\\n' : '') + step + ': ' + outcome + (text ? '\\n  ' + text : '')
}
async function read(step, url, init) {
  try {
    const response = await fetch(url, init)
    if (response.type === 'opaque') saw(step, 'opaque', 'status ' + response.status + ', no header, no body')
    else saw(step, 'read', (response.ok ? '' : response.status + ' ') + await response.text())
    return response
  } catch (error) {
    saw(step, 'blocked', error)
  }
}
async function press() {
  reports = []
  out.textContent = ''
  ${script.trim().replaceAll('\n', '\n  ')}
  await fetch('${reportPath}', { method: 'POST', body: JSON.stringify(reports) })
}
document.querySelector('#press').onclick = press
if (location.search === '${pressQuery}') press()
</script>
</html>
`

/** The routes of a server that has pages: each by its path, and the one that reports arrive at. */
export const pageRoutes = (pages: Readonly<Record<string, string>>): Route[] => [
  ...Object.entries(pages).map(([path, html]) => route('GET', path, 200, [['Content-Type', 'text/html; charset=utf-8']], html)),
  route('POST', reportPath, 204, [], ''),
]

/** A route that always says the same. */
export const route = (
  method: string,
  path: string,
  status: number,
  headers: readonly (readonly [string, string])[],
  body: string,
  more: Partial<Route> = {},
): Route => ({
  id: `${method} ${path}`,
  method,
  path,
  response: { kind: 'fixed', status, headers: headers.map(([name, value]) => [name, value]), body },
  delay: 0,
  needsCredentials: false,
  cookies: [],
  policy: null,
  faults: null,
  ...more,
})
