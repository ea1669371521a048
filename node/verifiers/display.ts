import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import { keepProcess } from './kept-process.ts'

/** A screen that nobody sees, for a browser that cannot do without one. */
export interface Display {
  /** What `DISPLAY` is to be. */
  readonly name: string
  readonly exited: Promise<void>
  close(): Promise<void>
}

/** @throws where there is no Xvfb, or it does not start. */
export async function startDisplay(): Promise<Display> {
  const kept = await keepProcess({
    program: 'Xvfb',
    // It takes the first number that is free, and writes it to file descriptor 3.
    args: () => ['-displayfd', '3', '-screen', '0', '1024x768x24', '-nolisten', 'tcp', '-noreset'],
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  })
  const number = await new Promise<string | null>((resolve) => {
    createInterface(kept.child.stdio[3] as Readable).once('line', resolve)
    void kept.exited.then(() => resolve(null))
  })
  if (number === null) {
    await kept.stop()
    throw new Error('Xvfb ended at once.')
  }
  return { name: `:${number}`, exited: kept.exited, close: () => kept.stop() }
}
