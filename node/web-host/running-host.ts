import { readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { WebSocket } from 'ws'

/** Two hosts on one data folder would write over each other's workspace, so each leaves word where it is. */
const noteIn = (folder: string): string => join(folder, 'web-host.json')

export const leaveNote = (folder: string, port: number): Promise<void> =>
  writeFile(noteIn(folder), JSON.stringify({ port }), { mode: 0o600 })
export const removeNote = (folder: string): Promise<void> => rm(noteIn(folder), { force: true })

/**
 * Whether a host works on this data folder already. `stranger`: the note was left by a host that is gone without a word, and another program listens
 * there now; it has been told the token, which must therefore be changed.
 * @param workspaceFile what the host says it works on, if it is ours.
 */
export async function askRunningHost(
  folder: string,
  token: string,
  workspaceFile: string,
): Promise<{ port: number } | 'none' | 'stranger'> {
  const port = await notedPort(folder)
  if (port === null) return 'none'
  const socket = new WebSocket(`ws://127.0.0.1:${port}/bridge?token=${token}`, {
    origin: `http://127.0.0.1:${port}`,
    handshakeTimeout: 2000,
  })
  try {
    return (await describedWorkspace(socket)) === workspaceFile ? { port } : 'stranger'
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'ECONNREFUSED' ? 'none' : 'stranger'
  } finally {
    socket.terminate()
  }
}

async function notedPort(folder: string): Promise<number | null> {
  try {
    const { port } = JSON.parse(await readFile(noteIn(folder), 'utf8')) as { port: unknown }
    return Number.isInteger(port) && Number(port) > 0 && Number(port) < 65_536 ? Number(port) : null
  } catch {
    return null
  }
}

/** What whoever listens there says to `host.describe`; undefined for anything that is no answer, or no answer within two seconds. */
function describedWorkspace(socket: WebSocket): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const patience = setTimeout(() => resolve(undefined), 2000)
    socket.on('error', reject)
    socket.on('close', () => resolve(undefined))
    socket.on('open', () => socket.send(JSON.stringify({ id: 1, name: 'host.describe', input: {} })))
    socket.on('message', (data) => {
      clearTimeout(patience)
      resolve(workspaceFileIn((data as Buffer).toString()))
    })
  })
}

function workspaceFileIn(text: string): unknown {
  try {
    return (JSON.parse(text) as { reply?: { value?: { workspaceFile?: unknown } } }).reply?.value?.workspaceFile
  } catch {
    return undefined
  }
}
