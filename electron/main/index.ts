import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { app, ipcMain, protocol, type BrowserWindow } from 'electron'
import { dataFolder, workspaceFile } from '#node/data-folder'
import { createLab } from '#node/lab'
import { readRendererFiles } from '#node/web-host/renderer-files'
import { exposeOverIpc } from './ipc.ts'
import { setMenu } from './menu.ts'
import { ownBrowser } from './own-browser.ts'
import { pageURL, registerPageScheme, servePage } from './page-protocol.ts'
import { createWindow } from './window.ts'

// Everything the lab keeps lies in one folder; one window at a time works on it.
const folder = dataFolder()
const userData = join(folder, 'desktop')
// Electron takes only a path that is there.
mkdirSync(userData, { recursive: true, mode: 0o700 })
app.setPath('userData', userData)
app.enableSandbox()
registerPageScheme(protocol)

// Not awaited: Electron is ready only after this module has been run.
if (app.requestSingleInstanceLock()) void app.whenReady().then(start)
else app.quit()

async function start(): Promise<void> {
  servePage(protocol, await readRendererFiles(join(import.meta.dirname, '../renderer')))
  setMenu()
  const window = createWindow(join(import.meta.dirname, '../preload/index.cjs'))

  const lab = createLab({ name: 'electron', version: app.getVersion(), workspaceFile: workspaceFile(folder), ownBrowser })
  lab.emitTo(exposeOverIpc(ipcMain, window.webContents, lab.service, (error) => console.error(error)))
  closeOnQuit(() => lab.close())

  app.on('second-instance', () => bringToFront(window))
  // On macOS, too: without its window the lab would go on listening unseen. Windows of proofs keep nothing open.
  window.on('closed', () => app.quit())
  // electron-vite serves the page while it is being worked on.
  await window.loadURL(app.isPackaged ? pageURL : (process.env['ELECTRON_RENDERER_URL'] ?? pageURL))
}

function closeOnQuit(close: () => Promise<void>): void {
  let closed = false
  app.on('will-quit', (event) => {
    if (closed) return
    event.preventDefault()
    void close().finally(() => {
      closed = true
      app.quit()
    })
  })
}

function bringToFront(window: BrowserWindow): void {
  if (window.isMinimized()) window.restore()
  window.focus()
}
