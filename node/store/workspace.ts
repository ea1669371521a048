import { readFile, stat, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import * as v from 'valibot'
import { placeOfJSONError } from '#shared/codecs/json-place'
import { LabError } from '#shared/contract/errors'
import type { OpenedWorkspace } from '#shared/contract/methods'
import { exampleWorkspace } from '#shared/scenario/example-workspace'
import { Workspace } from '#shared/scenario/workspace'
import { writeAtomically } from './atomic-write.ts'
import { workspaceText } from './workspace-text.ts'

export interface WorkspaceFile {
  /** A missing file opens the example; a broken one does too, is kept aside, and the trouble says where and what is wrong. */
  read(): Promise<OpenedWorkspace>
  save(workspace: Workspace): Promise<void>
}

/** Larger files were not written by the lab; to parse them would stop everything for a while. */
const sizeLimit = 32 * 1024 * 1024

/** @throws LabError file-unreadable, file-unwritable; both leave the file as it was. */
export function workspaceIn(file: string): WorkspaceFile {
  /** Reads and saves come one after another: the last save to be asked for is the one that stays. */
  let last: Promise<unknown> = Promise.resolve()
  const inTurn = <T>(task: () => Promise<T>): Promise<T> => {
    const turn = last.then(task, task)
    last = turn
    return turn
  }

  return {
    read: () =>
      inTurn(async () => {
        const found = await find(file)
        if ('workspace' in found) return { workspace: found.workspace, trouble: null }
        return { workspace: exampleWorkspace, trouble: found.missing ? null : await keepAside(file, found.reason) }
      }),
    save: (workspace) =>
      inTurn(async () => {
        // The file may have been broken since it was read, by a merge for instance.
        const found = await find(file)
        if ('missing' in found && !found.missing) await keepAside(file, found.reason)
        await writeAtomically(file, workspaceText(workspace)).catch((error: unknown) => {
          throw new LabError('file-unwritable', { file, reason: reasonOf(error) })
        })
      }),
  }
}

type Found = { workspace: Workspace } | { missing: true } | { missing: false; reason: string }

async function find(file: string): Promise<Found> {
  let text
  try {
    if ((await stat(file)).size > sizeLimit) return { missing: false, reason: `It is larger than ${sizeLimit / 1024 / 1024} MiB.` }
    text = (await readFile(file, 'utf8')).replace(/^\ufeff/, '')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return { missing: true }
    throw new LabError('file-unreadable', { file, reason: reasonOf(error) })
  }
  return parse(text)
}

function parse(text: string): Found {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    const place = placeOfJSONError(text)
    return { missing: false, reason: `Line ${place?.line ?? 1}, column ${place?.column ?? 1}: this is not JSON.` }
  }
  const parsed = v.safeParse(Workspace, value)
  if (parsed.success) return { workspace: parsed.output }
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
