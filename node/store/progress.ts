import { join } from 'node:path'
import { noProgress, Progress } from '#shared/learn/progress'
import { keptFile } from './kept-file.ts'

export interface ProgressFile {
  read(): Promise<Progress>
  save(progress: Progress): Promise<void>
}

/**
 * What of the lessons is done: the user's, not the workspace's, which others share.
 * @param folder the lab's data folder.
 * @param report is told of a file that could not be read: it is kept aside, and counts for nothing.
 * @throws LabError file-unreadable, file-unwritable
 */
export function progressIn(folder: string, report: (trouble: string) => void): ProgressFile {
  const kept = keptFile(join(folder, 'learn.json'), {
    schema: Progress,
    missing: noProgress,
    text: (progress) => `${JSON.stringify(progress, null, 2)}\n`,
  })
  return {
    read: async () => {
      const { value, trouble } = await kept.read()
      if (trouble !== null) report(trouble)
      return value
    },
    save: (changed) => kept.save(changed),
  }
}
