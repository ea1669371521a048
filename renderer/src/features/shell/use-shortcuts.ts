import { useEventListener } from '@vueuse/core'
import { host } from '../../lab-client/index.ts'
import { useHistoryStore } from '../../stores/history.ts'
import { useMockServersStore } from '../../stores/mock-servers.ts'
import { usePreferencesStore } from '../../stores/preferences.ts'
import { useProofStore } from '../../stores/proof.ts'
import { useRunStore } from '../../stores/run.ts'
import { evidenceTabs, useShellStore } from '../../stores/shell.ts'
import { useToastsStore } from '../../stores/toasts.ts'
import { useWorkspaceStore } from '../../stores/workspace.ts'
import { focus, focusNewToast, focusPane } from './focus.ts'
import { runShortcut, type Command } from './shortcuts.ts'

/** What the window can be told by keys or in the palette, in the order in which the list of shortcuts shows them. */
export function useShortcuts(): readonly Command[] {
  const workspace = useWorkspaceStore()
  const history = useHistoryStore()
  const mockServers = useMockServersStore()
  const runs = useRunStore()
  const proofs = useProofStore()
  const preferences = usePreferencesStore()
  const shell = useShellStore()
  const toasts = useToastsStore()
  // In a browser tab Ctrl N and Ctrl Shift N belong to the browser.
  const add = host === 'electron' ? 'Ctrl' : 'Alt'

  const commands = [
    { keys: 'Ctrl ↵', does: 'Run the request', run: () => void runs.start() },
    { keys: 'Ctrl Shift ↵', does: 'Prove it in real browsers', run: () => void proofs.start() },
    { keys: 'Esc', does: 'Stop the run or the proof', keysOnly: true, run: closeOrStop },
    { keys: 'Ctrl K', does: 'Find and commands', keysOnly: true, run: () => (shell.paletteOpen = true) },
    { keys: 'Ctrl L', does: 'Edit the URL', run: () => focus('#request-url') },
    { keys: 'Ctrl Shift O', does: 'Change the page origin', run: () => (shell.originOpen = true) },
    { keys: `${add} N`, does: 'New request', run: () => workspace.onceReady(workspace.addRequest) },
    { keys: `${add} Shift N`, does: 'New server', run: () => workspace.onceReady(workspace.addServer) },
    { does: 'New sweep', run: () => workspace.onceReady(workspace.addSweep) },
    { keys: 'Ctrl Shift S', does: 'Start or stop the server', run: toggleServer },
    { keys: 'Ctrl D', does: 'Duplicate the request, server or sweep', run: duplicate },
    { keys: 'F2', does: 'Rename the request, server or sweep', run: () => isShown() && shell.rename(workspace.selection.id) },
    { does: 'Delete the request, server or sweep…', run: () => isShown() && (shell.deleting = { ...workspace.selection }) },
    { keys: 'Ctrl Z', does: 'Undo', run: (event?: KeyboardEvent) => !isOwnUndo(event) && history.undo() },
    { keys: 'Ctrl Shift Z', also: 'Ctrl Y', does: 'Redo', run: (event?: KeyboardEvent) => !isOwnUndo(event) && history.redo() },
    { keys: 'Ctrl S', does: 'Save the workspace now', run: () => void save() },
    { keys: 'Ctrl .', does: 'Go to the first fix', run: () => workspace.request !== undefined && (shell.fixesAsked += 1) },
    { keys: 'F8', does: 'Next finding', run: () => workspace.server !== undefined && (shell.findingsAsked += 1) },
    ...evidenceTabs.map(({ value, text }, at) => ({ keys: `Alt ${at + 1}`, does: `Show ${text}`, run: () => showTab(value) })),
    { keys: '[', does: 'Show the engine before', outsideFields: true, run: () => preferences.showNext(-1) },
    { keys: ']', does: 'Show the next engine', outsideFields: true, run: () => preferences.showNext(1) },
    { keys: 'Ctrl B', does: 'Show or hide the side bar', run: shell.toggleSideBar },
    { does: 'Go to the start screen', run: () => workspace.select('start', '') },
    { keys: 'F6', does: 'Next pane', keysOnly: true, run: () => focusNewToast() || focusPane(1) },
    { keys: 'Shift F6', does: 'Pane before', keysOnly: true, run: () => focusPane(-1) },
    { keys: 'Ctrl ,', does: 'Settings', run: () => (shell.settingsOpen = true) },
    { does: 'Theme: as the system', run: () => (preferences.theme = 'system') },
    { does: 'Theme: light', run: () => (preferences.theme = 'light') },
    { does: 'Theme: dark', run: () => (preferences.theme = 'dark') },
    { keys: '?', also: 'Ctrl Shift /', does: 'All shortcuts', outsideFields: true, run: () => (shell.shortcutsOpen = true) },
  ].map(asStep)
  useEventListener(window, 'keydown', (event) => runShortcut(event, commands))
  return commands

  /** What a command does is a step of its own to undo. */
  function asStep(command: Command): Command {
    return {
      ...command,
      run(event) {
        history.settle()
        return command.run(event)
      },
    }
  }

  function isShown() {
    return (workspace.request ?? workspace.server ?? workspace.sweep) !== undefined
  }

  function closeOrStop() {
    if (shell.sideBarOver) shell.sideBarOver = false
    else if (runs.running) void runs.cancel()
    else if (proofs.running) void proofs.cancel()
    else if (proofs.holding) proofs.letGo()
    else return false
    return true
  }

  function showTab(tab: (typeof evidenceTabs)[number]['value']) {
    if (!workspace.request) return false
    shell.evidenceTab = tab
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
    else if (workspace.sweep) workspace.duplicateSweep(workspace.sweep)
  }

  /** A field that holds what is no part of the workspace yet: a name that is being typed, a search. */
  function isOwnUndo(event: KeyboardEvent | undefined) {
    const target = event?.target
    return target instanceof Element && (history.isUncommitted(target) || target.closest('[role=dialog]') !== null)
  }

  async function save() {
    await workspace.save()
    // Where it failed, the status bar says why.
    if (workspace.saving === 'saved') toasts.done(`Saved ${workspace.workspace.name}. Every change is saved by itself, too.`)
  }
}
