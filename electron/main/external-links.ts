import type { Shell } from 'electron'

/** Where the lab's links lead: the standards, and where browsers' ways are described. */
const hosts = [
  'fetch.spec.whatwg.org',
  'html.spec.whatwg.org',
  'infra.spec.whatwg.org',
  'mimesniff.spec.whatwg.org',
  'url.spec.whatwg.org',
  'xhr.spec.whatwg.org',
  'httpwg.org',
  'www.rfc-editor.org',
  'www.w3.org',
  'w3c.github.io',
  'wicg.github.io',
  'developer.mozilla.org',
  'bugzilla.mozilla.org',
  'bugs.webkit.org',
  'issues.chromium.org',
]

/**
 * Whether the system may be asked to open it. A URL that a stranger put into the page (a redirect's, a response's) is not: the system would
 * start whatever program answers to its scheme.
 */
export function isExternalLink(text: string): boolean {
  if (!URL.canParse(text)) return false
  const { protocol, host, username, password } = new URL(text)
  return protocol === 'https:' && hosts.includes(host) && username === '' && password === ''
}

/** Opens it in the user's browser, if it is one of the lab's own links. */
export function openExternalLink(shell: Shell, url: string): void {
  if (isExternalLink(url)) void shell.openExternal(url)
}
