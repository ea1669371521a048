const isMac = navigator.platform.startsWith('Mac')

const macNames: Record<string, string> = { Ctrl: '⌘', Shift: '⇧', Alt: '⌥' }

/** A shortcut such as `Ctrl Shift S` as its keys are labelled on this machine. */
export const keysOf = (shortcut: string): string[] => shortcut.split(' ').map((key) => (isMac ? (macNames[key] ?? key) : key))

/** For tooltips and labels: `New server (Ctrl Shift N)`. */
export const withKeys = (label: string, shortcut: string): string => `${label} (${keysOf(shortcut).join(' ')})`

/** Whether the key that stands for Ctrl in shortcuts is held: the command key on macOS. */
export const isCommand = (event: KeyboardEvent): boolean => (isMac ? event.metaKey && !event.ctrlKey : event.ctrlKey && !event.metaKey)
