import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { Page } from '@playwright/test'
import type { FromMain, ToMain } from './electron-messages.ts'
import { environments, type Host, type HostOptions } from './host.ts'
import { preloadScript } from './preload-script.ts'

/** Chromium outside Electron does not know `lab:`; the page gets an origin of its own under this name instead, which no network knows. */
const standIn = 'https://lab.invalid/'

/** The built main bundle and the built preload, with a real Chromium page between them: everything of the desktop app but Electron's binary. */
export function electronDoubleHost(dataFolder: string, browsers: HostOptions['browsers']): Host {
  let child: ChildProcess
  let loaded: Extract<FromMain, { type: 'loaded' }>
  let lastId = 0
  const waiting = new Map<number, (answer: Extract<FromMain, { type: 'answer' }>) => void>()
  const pages = new Set<Page>()

  return {
    url: standIn,
    async start() {
      child = fork(resolve(import.meta.dirname, 'electron-main.ts'), {
        env: { ...process.env, CORSLAB_DATA: dataFolder, ...environments[browsers] },
        // Playwright's own flags are not for this process.
        execArgv: [],
        serialization: 'advanced',
      })
      loaded = await new Promise((ready, reject) => {
        child.once('exit', (code) => reject(new Error(`The main bundle ended with ${code ?? 'a signal'} before its window loaded`)))
        child.on('message', (message: FromMain) => {
          if (message.type === 'loaded') ready(message)
          else if (message.type === 'answer') waiting.get(message.id)?.(message)
          else
            for (const page of pages)
              page
                .evaluate(([name, args]) => window.electronDouble?.receive(name, args), [message.channel, message.args] as const)
                // One that closes meanwhile hears nothing more.
                .catch((error: unknown) => {
                  if (!String(error).includes('has been closed')) throw error
                })
        })
      })
    },
    async stop(signal = 'SIGTERM') {
      // A window and its page go together.
      await Promise.all([...pages].map((page) => page.close()))
      if (child.exitCode !== null || child.signalCode !== null) return
      const exited = once(child, 'exit')
      child.kill(signal)
      const [code] = (await exited) as [number | null]
      if (signal === 'SIGTERM' && code !== 0) throw new Error(`The main bundle ended with ${code ?? 'a signal'}`)
    },
    async prepare(page) {
      pages.add(page)
      page.on('close', () => pages.delete(page))
      await page.exposeBinding('electronDoubleInvoke', ({ frame }, channel: string, args: unknown[]) => {
        if (frame !== page.mainFrame()) throw new Error('The double has one frame')
        return ask({ type: 'invoke', channel, args })
      })
      await page.addInitScript({ content: preloadScript(await readFile(loaded.preload, 'utf8')) })
      await page.route(`${standIn}**`, async (route) => {
        const url = route.request().url().replace(standIn, loaded.url)
        const { status, headers, body } = (await ask({ type: 'request', url })) as {
          status: number
          headers: Record<string, string>
          body: Uint8Array
        }
        await route.fulfill({ status, headers, body: Buffer.from(body) })
      })
      page.on('popup', (popup) => void ask({ type: 'open', url: popup.url() }).then(() => popup.close()))
    },
  }

  async function ask(question: WithoutId<ToMain>): Promise<unknown> {
    const id = ++lastId
    const answered = new Promise<Extract<FromMain, { type: 'answer' }>>((answer, fail) => {
      waiting.set(id, answer)
      child.send({ ...question, id }, (error) => error && fail(error))
    })
    const { value, error } = await answered
    waiting.delete(id)
    if (error !== undefined) throw new Error(error)
    return value
  }
}

type WithoutId<Message> = Message extends unknown ? Omit<Message, 'id'> : never
