import { access, readdir, readFile } from 'node:fs/promises'

export interface Running {
  readonly pid: number
  readonly command: string
  /** The temporary folder that the lab has given it. */
  readonly folder: string
}

/** What the lab has started that shows its windows on a display, and whatever that has started. On Linux only. */
export async function showingOn(display: string): Promise<Running[]> {
  const pids = (await readdir('/proc')).map(Number).filter(Number.isInteger)
  const all = await Promise.all(
    pids.map(async (pid) => {
      const [environment = '', command = ''] = await Promise.all(
        ['environ', 'cmdline'].map((file) => readFile(`/proc/${pid}/${file}`, 'latin1').catch(() => '')),
      )
      const variables = environment.split('\0')
      const folder = /^TMPDIR=(.*corslab-browser-.*)$/.exec(variables.find((each) => each.startsWith('TMPDIR=')) ?? '')?.[1]
      if (folder === undefined || !variables.includes(`DISPLAY=${display}`)) return []
      return [{ pid, command: command.replaceAll('\0', ' ').trim(), folder }]
    }),
  )
  return all.flat()
}

export const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  )
