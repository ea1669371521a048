import { join } from 'node:path'
import { app, BrowserWindow, nativeTheme, screen, session, shell } from 'electron'
import { openExternalLink } from './external-links.ts'
import { keepWindowState, readWindowState } from './window-state.ts'

/** The one window. Its page runs in a sandbox, may load nothing but itself, go nowhere, and ask for nothing but to copy text. */
export function createWindow(preload: string): BrowserWindow {
  const stateFile = join(app.getPath('userData'), 'window.json')
  const { bounds, maximized } = readWindowState(
    stateFile,
    screen.getAllDisplays().map(({ workArea }) => workArea),
  )
  const window = new BrowserWindow({
    ...bounds,
    minWidth: 640,
    minHeight: 480,
    title: 'CORS Lab',
    // The page's own ground, so that nothing flashes before it is drawn.
    backgroundColor: nativeTheme.shouldUseDarkColors ? '#131619' : '#eff1f3',
    show: false,
    webPreferences: {
      preload,
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      // Chromium would fetch dictionaries from the network.
      spellcheck: false,
    },
  })
  if (maximized) window.maximize()
  keepWindowState(window, stateFile)
  window.once('ready-to-show', () => window.show())
  confine(window)
  return window
}

function confine({ webContents }: BrowserWindow): void {
  const leave = (event: { preventDefault(): void }, url: string) => {
    // A reload stays.
    if (url === webContents.getURL()) return
    event.preventDefault()
    openExternalLink(shell, url)
  }
  webContents.on('will-navigate', (event) => leave(event, event.url))
  webContents.on('will-frame-navigate', (event) => leave(event, event.url))
  webContents.on('will-redirect', (event) => event.preventDefault())
  webContents.on('will-attach-webview', (event) => event.preventDefault())
  webContents.setWindowOpenHandler(({ url }) => {
    openExternalLink(shell, url)
    return { action: 'deny' }
  })

  const mayCopy = (permission: string) => permission === 'clipboard-sanitized-write'
  session.defaultSession.setPermissionRequestHandler((_, permission, answer) => answer(mayCopy(permission)))
  session.defaultSession.setPermissionCheckHandler((_, permission) => mayCopy(permission))
}
