import type { IpcMain, WebContents } from 'electron'
import { dispatch } from '#shared/contract/dispatch'
import type { Emit } from '#shared/contract/events'
import type { LabService } from '#shared/contract/methods'

/** The whole transport: calls come in on `lab:call`, events go out on `lab:event`. Only this window's main frame is answered. */
export function exposeOverIpc(ipcMain: IpcMain, page: WebContents, service: LabService, report: (error: unknown) => void): Emit {
  ipcMain.handle('lab:call', (event, name: unknown, input: unknown) => {
    if (event.sender !== page || event.senderFrame !== page.mainFrame) throw new Error('Not this page')
    return dispatch(service, name, input, report)
  })
  return (event, payload) => {
    if (!page.isDestroyed()) page.send('lab:event', event, payload)
  }
}
