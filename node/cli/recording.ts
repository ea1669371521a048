import { open, mkdir, rename, rm, writeFile, type FileHandle } from 'node:fs/promises'
import { join } from 'node:path'
import type { Browser } from '#shared/contract/browsers'
import { LabError } from '#shared/contract/errors'
import type { Observation } from '#shared/lab/observation'

/**
 * Vectors in the making: `ENGINE.ndjson` with an observation a line, and `ENGINE.json` with the browser they are of. Both take the place of
 * older ones when all is done.
 */
export class Recording {
  readonly #folder: string
  readonly #browser: Browser
  readonly #handle: FileHandle
  #count = 0

  private constructor(folder: string, browser: Browser, handle: FileHandle) {
    this.#folder = folder
    this.#browser = browser
    this.#handle = handle
  }

  /** @throws LabError recording-unwritable */
  static async open(folder: string, browser: Browser): Promise<Recording> {
    return writing(folder, async () => {
      await mkdir(folder, { recursive: true })
      return new Recording(folder, browser, await open(partOf(folder, browser), 'w'))
    })
  }

  async add(observation: Observation): Promise<void> {
    this.#count += 1
    await writing(this.#folder, () => this.#handle.write(`${JSON.stringify(observation)}\n`))
  }

  async finish(): Promise<void> {
    const { engine, name, version } = this.#browser
    const about = { browser: name, version, recordedAt: new Date().toISOString(), platform: process.platform, observations: this.#count }
    const part = partOf(this.#folder, this.#browser)
    await writing(this.#folder, async () => {
      await this.#handle.close()
      await rename(part, join(this.#folder, `${engine}.ndjson`))
      await writeFile(join(this.#folder, `${engine}.json`), `${JSON.stringify(about, null, 2)}\n`)
    })
  }

  /** Leaves nothing half done. */
  async discard(): Promise<void> {
    await this.#handle.close().catch(() => undefined)
    await rm(partOf(this.#folder, this.#browser), { force: true }).catch(() => undefined)
  }
}

const partOf = (folder: string, { engine }: Browser): string => join(folder, `${engine}.ndjson.part`)

async function writing<T>(folder: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    throw new LabError('recording-unwritable', { folder, reason: error instanceof Error ? `${error.message}.` : '' })
  }
}
