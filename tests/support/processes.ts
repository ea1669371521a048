import { readdir, readFile } from 'node:fs/promises'

export interface Running {
  readonly pid: number
  readonly command: string
  /** `NAME=value` */
  readonly environment: readonly string[]
}

/** Every process of this machine, as /proc tells: on Linux only. What may not be read, or is gone meanwhile, has no environment and no command. */
export async function allProcesses(): Promise<Running[]> {
  const pids = (await readdir('/proc')).map(Number).filter(Number.isInteger)
  return Promise.all(
    pids.map(async (pid) => {
      const [environment = '', command = ''] = await Promise.all(
        ['environ', 'cmdline'].map((file) => readFile(`/proc/${pid}/${file}`, 'latin1').catch(() => '')),
      )
      return { pid, command: command.replaceAll('\0', ' ').trim(), environment: environment.split('\0') }
    }),
  )
}
