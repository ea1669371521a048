import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { resolve } from 'node:path'
import { environments, type Host, type HostOptions } from './host.ts'

const main = resolve(import.meta.dirname, '../../../node/cli/main.ts')

/** `corslab web`, as a user starts it; once started it keeps its port. */
export function webHost(dataFolder: string, browsers: HostOptions['browsers'] = 'all'): Host {
  let child: ChildProcess | undefined
  let port = '0'
  let url = ''
  return {
    get url() {
      return url
    },
    async start() {
      const started = spawn(process.execPath, [main, 'web', '--port', port, '--no-open', '--data', dataFolder], {
        env: { ...process.env, ...environments[browsers] },
        stdio: ['ignore', 'pipe', 'inherit'],
      })
      child = started
      for await (const line of createInterface({ input: started.stdout })) {
        url = /http:\S+/.exec(line)?.[0] ?? ''
        if (url) break
      }
      if (!url) throw new Error('corslab web did not say where it is')
      port = new URL(url).port
    },
    async stop(signal = 'SIGTERM') {
      if (!child || child.exitCode !== null || child.signalCode !== null) return
      const exited = once(child, 'exit')
      child.kill(signal)
      const [code] = (await exited) as [number | null]
      if (signal === 'SIGTERM' && code !== 0) throw new Error(`corslab web ended with ${code ?? 'a signal'}`)
    },
    prepare: () => Promise.resolve(),
  }
}
