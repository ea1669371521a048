import { constants } from 'node:fs'
import { access, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import * as v from 'valibot'
import type { Browser, BrowserList, Engine } from '#shared/contract/browsers'
import { LabError } from '#shared/contract/errors'
import { writeAtomically } from '#node/store/atomic-write'
import { engines } from './engine.ts'
import { howToGet } from './how-to-get.ts'
import { identify, type Identity } from './identify.ts'
import { thisMachine, usualPlaces, type Machine } from './usual-places.ts'

const GivenPrograms = v.array(v.string())

/** @throws LabError not-a-browser */
export async function browserAt(program: string, platform: string = process.platform): Promise<Browser> {
  try {
    return { id: program, program, ...(await identify(program, platform)) }
  } catch (error) {
    throw new LabError('not-a-browser', { program, reason: error instanceof Error ? error.message : '' })
  }
}

/** The browsers of this machine: those in the usual places, and those that the user has named. */
export class Browsers {
  readonly #file: string
  readonly #machine: Machine
  /** Asking a program for its version takes a while; it is asked anew once its file is another. */
  readonly #known = new Map<string, Promise<Identity>>()

  /** @param folder the lab's data folder. */
  constructor(folder: string, machine: Machine = thisMachine()) {
    this.#file = join(folder, 'browsers.json')
    this.#machine = machine
  }

  async list(): Promise<BrowserList> {
    const given = await this.#given()
    const usual = engines.flatMap((engine) => usualPlaces(engine, this.#machine))
    const found = (await Promise.all([...new Set([...given, ...usual])].map((program) => this.#look(program)))).filter(
      (each) => each !== null,
    )
    // Several names and links may lead to the same one.
    const browsers = found.filter(
      ({ name, version }, at) => found.findIndex((other) => other.name === name && other.version === version) === at,
    )
    const missing = engines.filter((engine) => !browsers.some((browser) => browser.engine === engine))
    return {
      browsers: browsers.sort((a, b) => engines.indexOf(a.engine) - engines.indexOf(b.engine)),
      missing: missing.map((engine) => ({ engine, howToGet: howToGet(engine, this.#machine.platform) })),
    }
  }

  /** The first of this engine; null where there is none. */
  async first(engine: Engine): Promise<Browser | null> {
    for (const program of [...(await this.#given()), ...usualPlaces(engine, this.#machine)]) {
      const found = await this.#look(program)
      if (found?.engine === engine) return found
    }
    return null
  }

  /** @throws LabError not-a-browser, file-unwritable */
  async add(program: string): Promise<Browser> {
    const browser = await browserAt(program, this.#machine.platform)
    const given = [...new Set([...(await this.#given()), program])]
    try {
      await writeAtomically(this.#file, `${JSON.stringify(given, null, 2)}\n`)
    } catch (error) {
      throw new LabError('file-unwritable', { file: this.#file, reason: error instanceof Error ? `${error.message}.` : '' })
    }
    return browser
  }

  /** null where there is no program, or none that says what it is. */
  async #look(program: string): Promise<Browser | null> {
    try {
      await access(program, constants.X_OK)
      const { dev, ino, size, mtimeMs } = await stat(program)
      const file = [dev, ino, size, mtimeMs].join(' ')
      const known = this.#known.get(file) ?? identify(program, this.#machine.platform)
      this.#known.set(file, known)
      known.catch(() => this.#known.delete(file))
      return { id: program, program, ...(await known) }
    } catch {
      return null
    }
  }

  async #given(): Promise<string[]> {
    const text = await readFile(this.#file, 'utf8').catch(() => '[]')
    try {
      return v.parse(GivenPrograms, JSON.parse(text))
    } catch {
      // A broken list is as good as none: the user can name them again.
      return []
    }
  }
}
