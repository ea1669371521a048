/**
 * Runs the built main bundle with the double in Electron's place, as a process of its own. What Electron's renderer would ask of it comes over
 * this process's channel, structured-cloned as Electron does.
 */
import { registerHooks } from 'node:module'
import { pathToFileURL } from 'node:url'
import { resolve } from 'node:path'
import { app, double } from '../../electron-double.ts'
import type { FromMain, ToMain } from './electron-messages.ts'

const at = (path: string) => pathToFileURL(resolve(import.meta.dirname, '../../..', path)).href

registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'electron'
      ? { url: at('tests/electron-double.ts'), format: 'module-typescript', shortCircuit: true }
      : next(specifier, context),
})

const tell = (message: FromMain) => process.send?.(message)

double.events.on('loaded', () => {
  const [window] = double.windows
  window?.webContents.on('double:sent', (channel: string, ...args: unknown[]) => tell({ type: 'send', channel, args }))
  tell({ type: 'loaded', url: window?.webContents.url ?? '', preload: window?.options.webPreferences?.preload ?? '' })
})

process.on('message', (message: ToMain) => {
  switch (message.type) {
    case 'invoke':
      void double.invoke(message.channel, message.args).then(
        (value) => tell({ type: 'answer', id: message.id, value }),
        (error: unknown) => tell({ type: 'answer', id: message.id, error: String(error) }),
      )
      return
    case 'request':
      void serve(message.url).then((value) => tell({ type: 'answer', id: message.id, value }))
      return
    case 'open':
      double.windows[0]?.webContents.openHandler({ url: message.url })
      tell({ type: 'answer', id: message.id, value: double.openedExternally })
  }
})

// The user closes the window; the last one takes the app along.
process.on('SIGTERM', () => double.windows[0]?.close())
app.on('quit', () => process.exit(0))

await import(at('out/main/index.js'))

async function serve(url: string) {
  const { protocol } = new URL(url)
  const handler = double.protocols.get(protocol.slice(0, -1))
  if (!handler) throw new Error(`Nobody serves ${protocol}`)
  const response = await handler(new Request(url))
  return { status: response.status, headers: Object.fromEntries(response.headers), body: new Uint8Array(await response.arrayBuffer()) }
}
