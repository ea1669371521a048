const key = 'cors-lab-token'

interface Page {
  location: { hash: string; pathname: string; search: string }
  history: { replaceState(data: unknown, unused: string, url: string): void }
  sessionStorage: Pick<Storage, 'getItem' | 'setItem'>
}

/** The web host's token: taken off the address bar at once, so that it is neither bookmarked nor seen, and kept for this tab's reloads. */
export function takeToken(page: Page): string | null {
  const token = new URLSearchParams(page.location.hash.slice(1)).get('token')
  if (token === null) return page.sessionStorage.getItem(key)
  page.sessionStorage.setItem(key, token)
  page.history.replaceState(null, '', page.location.pathname + page.location.search)
  return token
}
