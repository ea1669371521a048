import { access } from 'node:fs/promises'
import { allProcesses, type Running } from '../../support/processes.ts'

export interface Window extends Running {
  /** The temporary folder that the lab has given it. */
  readonly folder: string
}

/** What the lab has started that shows its windows on a display, and whatever that has started. On Linux only. */
export async function showingOn(display: string): Promise<Window[]> {
  return (await allProcesses()).flatMap((running) => {
    const { environment } = running
    const folder = /^TMPDIR=(.*corslab-browser-.*)$/.exec(environment.find((each) => each.startsWith('TMPDIR=')) ?? '')?.[1]
    return folder !== undefined && environment.includes(`DISPLAY=${display}`) ? [{ ...running, folder }] : []
  })
}

export const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  )
