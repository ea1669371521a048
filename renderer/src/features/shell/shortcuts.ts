import { isCommand } from '../../ui/keys.ts'

export interface Shortcut {
  /** As in menus: `Ctrl Shift S`. The last part is the key. */
  keys: string
  does: string
  /** Not taken while a field has the focus: a key that is also a letter. */
  outsideFields?: boolean
  /** Does nothing and leaves the key alone where it returns false. */
  run: () => unknown
}

const keyNames: Record<string, string> = { '↵': 'enter', Esc: 'escape', Del: 'delete' }

/** Whether a key press is that shortcut. */
export function matches(event: KeyboardEvent, keys: string): boolean {
  const parts = keys.split(' ')
  const key = parts.at(-1) ?? ''
  const named = keyNames[key] ?? key.toLowerCase()
  const wanted = { command: parts.includes('Ctrl'), shift: parts.includes('Shift'), alt: parts.includes('Alt') }
  // On some layouts `[` is typed with AltGr, which Windows reports as Ctrl and Alt.
  const types = event.ctrlKey && event.altKey && event.getModifierState('AltGraph')
  if (wanted.command !== (isCommand(event) && !types) || wanted.alt !== (event.altKey && !types)) return false
  // With Alt held, some layouts give another character: then the key's place tells.
  const pressed = event.key.toLowerCase()
  if (pressed !== named && !(wanted.alt && event.code.toLowerCase() === `key${named}`)) return false
  // `?` needs Shift on most layouts, which is no part of its name.
  return wanted.shift === event.shiftKey || (!wanted.shift && !/^[a-z0-9]$|^.{2,}$/.test(named))
}

export function isField(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName))
}

/** Runs the first shortcut that the key press is, and keeps the browser from doing something of its own with it. */
export function runShortcut(event: KeyboardEvent, shortcuts: readonly Shortcut[]): void {
  if (event.defaultPrevented || event.isComposing) return
  for (const shortcut of shortcuts) {
    if (!matches(event, shortcut.keys) || (shortcut.outsideFields && isField(event.target))) continue
    if (shortcut.run() !== false) event.preventDefault()
    return
  }
}
