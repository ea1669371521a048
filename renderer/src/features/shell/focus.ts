/** Moves the focus into a field and selects what it holds. Returns whether it is there. */
export function focus(selector: string): boolean {
  const field = document.querySelector<HTMLInputElement>(selector)
  field?.focus()
  field?.select()
  return field !== null
}

let reached: Element | null = null

/** A message that nobody has been to comes before the next pane: it may be gone soon. */
export function focusNewToast(): boolean {
  const newest = document.querySelector('.toasts li:last-child')
  const button = newest?.querySelector('button')
  if (!newest || !button || newest === reached) return false
  reached = newest
  button.focus()
  return true
}

/** Moves the focus to the first control of the next pane, round and round. */
export function focusPane(by: 1 | -1): boolean {
  const panes = [
    ...document.querySelectorAll<HTMLElement>('.topbar, .sidebar, main section, .srv-head, .first, .toasts, .statusbar'),
  ].filter((pane) => pane.offsetParent !== null && firstControl(pane) !== null)
  const at = panes.findLastIndex((pane) => pane.contains(document.activeElement))
  const next = panes[at < 0 && by < 0 ? panes.length - 1 : (at + by + panes.length) % panes.length]
  if (next) firstControl(next)?.focus()
  return next !== undefined
}

const firstControl = (pane: HTMLElement) =>
  pane.querySelector<HTMLElement>('a[href], button:not(:disabled), input:not(:disabled), textarea, select, [tabindex="0"]')
