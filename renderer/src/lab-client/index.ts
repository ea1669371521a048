import type { LabClient } from '#shared/contract/client'
import { ipcClient, type PreloadBridge } from './ipc.ts'
import { noClient } from './none.ts'
import { takeToken } from './token.ts'
import { webSocketClient } from './web-socket.ts'

declare global {
  interface Window {
    /** There when Electron's preload ran. */
    lab?: PreloadBridge
  }
}

/** What the page talks to: Electron's main process, the web host, or nobody. */
export const { host, lab } = choose()

function choose(): { host: 'electron' | 'web' | 'none'; lab: LabClient } {
  if (window.lab) return { host: 'electron', lab: ipcClient(window.lab) }
  const token = takeToken(window)
  if (token === null) return { host: 'none', lab: noClient }
  const scheme = location.protocol === 'https:' ? 'wss' : 'ws'
  return { host: 'web', lab: webSocketClient(`${scheme}://${location.host}/bridge?token=${encodeURIComponent(token)}`) }
}
