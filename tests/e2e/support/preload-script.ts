declare global {
  interface Window {
    electronDouble?: { receive(channel: string, args: unknown[]): void }
    electronDoubleInvoke(channel: string, args: unknown[]): Promise<unknown>
  }
}

/**
 * For a page before its own scripts: the built preload with a double of what a sandboxed preload may require. The page's Content Security Policy
 * does not hold here, as it does not hold for Electron's preloads.
 */
export const preloadScript = (preload: string): string => `(${runPreload.toString()})((require, module, exports) => {${preload}\n})`

function runPreload(preload: (require: (name: string) => unknown, module: object, exports: object) => void): void {
  const listeners = new Map<string, Set<(event: unknown, ...args: unknown[]) => void>>()
  const electron = {
    contextBridge: {
      exposeInMainWorld: (name: string, api: object) => Object.defineProperty(window, name, { value: Object.freeze(api) }),
    },
    ipcRenderer: {
      // Electron clones what crosses, and refuses what cannot be cloned, such as a proxy.
      invoke: (channel: string, ...args: unknown[]) => window.electronDoubleInvoke(channel, structuredClone(args)),
      on: (channel: string, listener: (event: unknown, ...args: unknown[]) => void) => {
        listeners.set(channel, (listeners.get(channel) ?? new Set()).add(listener))
      },
      off: (channel: string, listener: (event: unknown, ...args: unknown[]) => void) => {
        listeners.get(channel)?.delete(listener)
      },
    },
  }
  window.electronDouble = {
    receive: (channel, args) => {
      for (const listener of listeners.get(channel) ?? []) listener({}, ...args)
    },
  }
  const module = { exports: {} }
  preload(
    (name) => {
      if (name !== 'electron') throw new Error(`A sandboxed preload may not require ${name}`)
      return electron
    },
    module,
    module.exports,
  )
}
