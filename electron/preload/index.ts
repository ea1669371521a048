import { contextBridge, ipcRenderer } from 'electron'

// The whole bridge: one fixed channel each way. What may be called is the contract's business, checked in the main process, where it counts.
contextBridge.exposeInMainWorld('lab', {
  call: (name: string, input: unknown): Promise<unknown> => ipcRenderer.invoke('lab:call', name, input),
  on: (listener: (event: string, payload: unknown) => void) => {
    const forward = (_: unknown, event: string, payload: unknown) => listener(event, payload)
    ipcRenderer.on('lab:event', forward)
    return () => void ipcRenderer.off('lab:event', forward)
  },
})
