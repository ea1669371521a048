import { spawn, type ChildProcess, type StdioOptions } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { profilePrefix } from './left-behind.ts'

/** A program that lives no longer than the lab, in a folder that lives no longer than the program. */
export interface KeptProcess {
  readonly child: ChildProcess
  /** Its temporary folder. */
  readonly folder: string
  /** Resolves once it has ended by itself or was stopped. */
  readonly exited: Promise<void>
  /** Ends it and all it has started, and removes the folder. */
  stop(): Promise<void>
}

interface Wish {
  readonly program: string
  readonly args: (folder: string) => readonly string[]
  readonly stdio: StdioOptions
  readonly env?: (folder: string) => NodeJS.ProcessEnv
  /** Is called with the empty folder, before the start. */
  readonly prepare?: (folder: string) => Promise<void>
}

/**
 * Starts a program with a temporary folder, and a watchdog beside it: a shell that waits for the end of a pipe from the lab. However the lab
 * ends, killed included, the pipe ends with it; then the watchdog ends the program with all its children, and removes the folder.
 */
export async function keepProcess({ program, args, stdio, env, prepare }: Wish): Promise<KeptProcess> {
  const folder = await mkdtemp(join(tmpdir(), profilePrefix))
  await writeFile(join(folder, 'owner'), String(process.pid))
  await prepare?.(folder)
  // A group of its own: it can be ended whole, and Ctrl+C in the terminal reaches the lab alone.
  const child = spawn(program, args(folder), { stdio, detached: process.platform !== 'win32', env: { ...process.env, ...env?.(folder) } })
  if (child.pid === undefined) {
    const [error] = (await once(child, 'error')) as [Error]
    await rm(folder, { recursive: true, force: true })
    throw error
  }
  const watchdog = watch(child.pid, folder)
  // Told by `exited` to whoever waits.
  child.on('error', () => undefined)
  for (const stream of child.stdio) stream?.on('error', () => undefined)
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const cleanedUp = new Promise<void>((resolve) => watchdog.once('exit', () => resolve()))
  void exited.then(() => watchdog.stdin?.end())
  return {
    child,
    folder,
    exited,
    stop: async () => {
      watchdog.stdin?.end()
      await Promise.all([exited, cleanedUp])
    },
  }
}

function watch(pid: number, folder: string): ChildProcess {
  const watchdog =
    process.platform === 'win32'
      ? spawn('cmd.exe', ['/d', '/s', '/c', `more > nul & taskkill /t /f /pid ${pid} & rmdir /s /q "${folder}"`], {
          stdio: ['pipe', 'ignore', 'ignore'],
          detached: true,
          windowsHide: true,
          windowsVerbatimArguments: true,
        })
      : spawn('/bin/sh', ['-c', script, 'corslab-watchdog', String(pid), folder], { stdio: ['pipe', 'ignore', 'ignore'], detached: true })
  watchdog.stdin.on('error', () => undefined)
  return watchdog
}

/** Asks the group to end, insists after a second, and removes the folder once nobody writes to it any more. */
const script = `
cat > /dev/null
kill -TERM "-$1" 2> /dev/null
for try in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
  kill -0 "-$1" 2> /dev/null || break
  sleep 0.05
done
kill -KILL "-$1" 2> /dev/null
for try in 1 2 3 4 5 6 7 8 9 10; do
  rm -rf -- "$2" 2> /dev/null
  [ -e "$2" ] || exit 0
  sleep 0.2
done
`
