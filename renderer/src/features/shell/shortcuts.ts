import { isCommand } from '../../ui/keys.ts'

/** Something that can be done from anywhere in the window: by its keys, or by its name in the palette. */
export interface Command {
  does: string
  /** As in menus: `Ctrl Shift S`. The last part is the key. */
  keys?: string
  /** A second way, not shown. */
  also?: string
  /** Not taken while a field has the focus: a key that is also a letter. */
  outsideFields?: boolean
  /** Only by its keys: in the palette it would make no sense. */
  keysOnly?: boolean
  /** Does nothing and leaves the key alone where it returns false. */
  run: (event?: KeyboardEvent) => unknown
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
  const shifted = wanted.shift === event.shiftKey
  // With Alt held, some layouts give another character, and so do most for `/` with Shift: then the key's place tells.
  if (event.key.toLowerCase() !== named) return shifted && (wanted.alt || named === '/') && event.code === codeOf(named)
  // `?` needs Shift on most layouts, which is no part of its name.
  return shifted || (!wanted.shift && !/^[a-z0-9]$|^.{2,}$/.test(named))
}

function codeOf(key: string): string | null {
  if (key === '/') return 'Slash'
  return /^[a-z]$/.test(key) ? `Key${key.toUpperCase()}` : /^\d$/.test(key) ? `Digit${key}` : null
}

export function isField(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName))
}

/** Runs the first command whose keys were pressed, and keeps the browser from doing something of its own with them. */
export function runShortcut(event: KeyboardEvent, commands: readonly Command[]): void {
  if (event.defaultPrevented || event.isComposing) return
  const pressed = commands.find(
    ({ keys, also, outsideFields }) =>
      [keys, also].some((each) => each !== undefined && matches(event, each)) && !(outsideFields && isField(event.target)),
  )
  if (pressed && pressed.run(event) !== false) event.preventDefault()
}
