import type { LabClient } from '#shared/contract/client'
import type { Reply } from '#shared/contract/dispatch'
import type { Output } from '#shared/contract/methods'
import { createListeners } from './listeners.ts'
import { unwrap } from './reply.ts'

/** What the preload puts on `window`. */
export interface PreloadBridge {
  call(name: string, input: unknown): Promise<Reply>
  on(listener: (event: string, payload: unknown) => void): () => void
}

/** Talks to Electron's main process, which is there for as long as the window is. */
export function ipcClient(bridge: PreloadBridge): LabClient {
  const listeners = createListeners()
  bridge.on(listeners.tell)
  return {
    async call(name, input) {
      // Vue's proxies cannot be cloned into another process; everything that crosses is plain JSON anyway.
      const plain: unknown = JSON.parse(JSON.stringify(input))
      return unwrap(await bridge.call(name, plain)) as Output<typeof name>
    },
    on: listeners.on,
    onConnection(listener) {
      listener(true)
      return () => undefined
    },
  }
}
