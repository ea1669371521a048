import { readFile, stat, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import * as v from 'valibot'
import { placeOfJSONError } from '#shared/codecs/json-place'
import { LabError } from '#shared/contract/errors'
import { writeAtomically } from './atomic-write.ts'

/** A JSON file in the data folder, of one shape. */
export interface KeptFile<T> {
  /** A missing file is what a new one holds; a broken one is, too, is kept aside, and the trouble says where and what is wrong. */
  read(): Promise<{ value: T; trouble: string | null }>
  save(value: T): Promise<void>
}

interface Kind<T> {
  readonly schema: v.GenericSchema<unknown, T>
  /** What a file that is not there yet holds. */
  readonly missing: T
  readonly text: (value: T) => string
}

/** Larger files were not written by the lab; to parse them would stop everything for a while. */
const sizeLimit = 32 * 1024 * 1024

/** @throws LabError file-unreadable, file-unwritable; both leave the file as it was. */
export function keptFile<T>(file: string, { schema, missing, text }: Kind<T>): KeptFile<T> {
  /** Reads and saves come one after another: the last save to be asked for is the one that stays. */
  let last: Promise<unknown> = Promise.resolve()
  const inTurn = <R>(task: () => Promise<R>): Promise<R> => {
    const turn = last.then(task, task)
    last = turn
    return turn
  }

  return {
    read: () =>
      inTurn(async () => {
        const found = await find(file, schema)
        if ('value' in found) return { value: found.value, trouble: null }
        return { value: missing, trouble: found.missing ? null : await keepAside(file, found.reason) }
      }),
    save: (value) =>
      inTurn(async () => {
        // The file may have been broken since it was read, by a merge for instance.
        const found = await find(file, schema)
        if ('missing' in found && !found.missing) await keepAside(file, found.reason)
        await writeAtomically(file, text(value)).catch((error: unknown) => {
          throw new LabError('file-unwritable', { file, reason: reasonOf(error) })
        })
      }),
  }
}

type Found<T> = { value: T } | { missing: true } | { missing: false; reason: string }

async function find<T>(file: string, schema: v.GenericSchema<unknown, T>): Promise<Found<T>> {
  let text
  try {
    if ((await stat(file)).size > sizeLimit) return { missing: false, reason: `It is larger than ${sizeLimit / 1024 / 1024} MiB.` }
    text = (await readFile(file, 'utf8')).replace(/^\ufeff/, '')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return { missing: true }
    throw new LabError('file-unreadable', { file, reason: reasonOf(error) })
  }
  return parse(text, schema)
}

function parse<T>(text: string, schema: v.GenericSchema<unknown, T>): Found<T> {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    const place = placeOfJSONError(text)
    return { missing: false, reason: `Line ${place?.line ?? 1}, column ${place?.column ?? 1}: this is not JSON.` }
  }
  const parsed = v.safeParse(schema, value)
  if (parsed.success) return { value: parsed.output }
  const [issue] = parsed.issues
  const field = v.getDotPath(issue)
  return { missing: false, reason: `${field === null ? 'The whole file' : `The field ${field}`}: ${issue.message}.` }
}

/** Copies a broken file beside itself, once, before anything is saved; returns the sentences that say so. */
async function keepAside(file: string, reason: string): Promise<string> {
  const content = await readFile(file)
  for (let n = 1; ; n++) {
    const copy = join(dirname(file), `${basename(file, '.json')}.broken-${n}.json`)
    try {
      await writeFile(copy, content, { flag: 'wx', mode: 0o600 })
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw new LabError('file-unwritable', { file: copy, reason: reasonOf(error) })
      if (!content.equals(await readFile(copy))) continue
    }
    return `${basename(file)} was not read. ${reason} The file was left as it is; the next change replaces it, and a copy is kept in ${basename(copy)}.`
  }
}

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))
