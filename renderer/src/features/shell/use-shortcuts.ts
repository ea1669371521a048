import { useEventListener } from '@vueuse/core'
import { host } from '../../lab-client/index.ts'
import { useMockServersStore } from '../../stores/mock-servers.ts'
import { usePreferencesStore } from '../../stores/preferences.ts'
import { useRunStore } from '../../stores/run.ts'
import { useShellStore } from '../../stores/shell.ts'
import { useWorkspaceStore } from '../../stores/workspace.ts'
import { runShortcut, type Shortcut } from './shortcuts.ts'

/** The window's shortcuts, in the order in which the list of them shows them. */
export function useShortcuts(): readonly Shortcut[] {
  const workspace = useWorkspaceStore()
  const mockServers = useMockServersStore()
  const runs = useRunStore()
  const preferences = usePreferencesStore()
  const shell = useShellStore()
  // In a browser tab Ctrl N and Ctrl Shift N belong to the browser.
  const add = host === 'electron' ? 'Ctrl' : 'Alt'

  const shortcuts: Shortcut[] = [
    { keys: 'Ctrl ↵', does: 'Run the request', run: () => void runs.start() },
    { keys: 'Esc', does: 'Stop the run', run: closeOrStop },
    { keys: 'Ctrl L', does: 'Edit the URL', run: () => focus('#request-url') },
    { keys: 'Ctrl Shift O', does: 'Change the page origin', run: () => workspace.request !== undefined && (shell.originOpen = true) },
    { keys: `${add} N`, does: 'New request', run: () => workspace.addRequest() },
    { keys: `${add} Shift N`, does: 'New server', run: () => workspace.addServer() },
    { keys: 'Ctrl Shift S', does: 'Start or stop the server', run: toggleServer },
    { keys: 'Ctrl D', does: 'Duplicate', run: duplicate },
    { keys: 'F2', does: 'Rename', run: () => (workspace.request || workspace.server) && shell.rename(workspace.selection.id) },
    { keys: 'Ctrl .', does: 'Go to the first fix', run: () => workspace.request !== undefined && (shell.fixesAsked += 1) },
    { keys: 'F8', does: 'Next finding', run: () => workspace.server !== undefined && (shell.findingsAsked += 1) },
    { keys: '[', does: 'Show the engine before', outsideFields: true, run: () => preferences.showNext(-1) },
    { keys: ']', does: 'Show the next engine', outsideFields: true, run: () => preferences.showNext(1) },
    { keys: 'Ctrl B', does: 'Show or hide the side bar', run: shell.toggleSideBar },
    { keys: 'F6', does: 'Next pane', run: () => focusNewToast() || focusPane(1) },
    { keys: 'Shift F6', does: 'Pane before', run: () => focusPane(-1) },
    { keys: '?', does: 'This list', outsideFields: true, run: () => (shell.shortcutsOpen = true) },
  ]
  useEventListener(window, 'keydown', (event) => runShortcut(event, shortcuts))
  return shortcuts

  function closeOrStop() {
    if (shell.sideBarOver) shell.sideBarOver = false
    else if (runs.running) void runs.cancel()
    else return false
    return true
  }

  /** The server that is shown; else the one that the request goes to. */
  function toggleServer() {
    const { servers } = workspace.workspace
    const port = URL.parse(workspace.request?.request.url ?? '')?.port
    const server = workspace.server ?? servers.find((each) => String(each.port) === port)
    if (server) void mockServers.toggle(server)
  }

  function duplicate() {
    if (workspace.request) workspace.duplicateRequest(workspace.request)
    else if (workspace.server) workspace.duplicateServer(workspace.server)
  }
}

function focus(selector: string): boolean {
  const field = document.querySelector<HTMLInputElement>(selector)
  field?.focus()
  field?.select()
  return field !== null
}

let reached: Element | null = null

/** A message that nobody has been to comes before the next pane: it may be gone soon. */
function focusNewToast(): boolean {
  const newest = document.querySelector('.toasts li:last-child')
  const button = newest?.querySelector('button')
  if (!newest || !button || newest === reached) return false
  reached = newest
  button.focus()
  return true
}

/** Moves the focus to the first control of the next pane, round and round. */
function focusPane(by: 1 | -1): boolean {
  const panes = [...document.querySelectorAll<HTMLElement>('.topbar, .sidebar, main section, .srv-head, .first, .toasts, .statusbar')].filter(
    (pane) => pane.offsetParent !== null && firstControl(pane) !== null,
  )
  const at = panes.findLastIndex((pane) => pane.contains(document.activeElement))
  const next = panes[at < 0 && by < 0 ? panes.length - 1 : (at + by + panes.length) % panes.length]
  if (next) firstControl(next)?.focus()
  return next !== undefined
}

const firstControl = (pane: HTMLElement) =>
  pane.querySelector<HTMLElement>('a[href], button:not(:disabled), input:not(:disabled), textarea, select, [tabindex="0"]')
