import type { OpenedWorkspace } from '#shared/contract/methods'
import { exampleWorkspace } from '#shared/scenario/example-workspace'
import { Workspace } from '#shared/scenario/workspace'
import { keptFile } from './kept-file.ts'
import { workspaceText } from './workspace-text.ts'

export interface WorkspaceFile {
  /** A missing file opens the example; a broken one does too, is kept aside, and the trouble says where and what is wrong. */
  read(): Promise<OpenedWorkspace>
  save(workspace: Workspace): Promise<void>
}

/** @throws LabError file-unreadable, file-unwritable; both leave the file as it was. */
export function workspaceIn(file: string): WorkspaceFile {
  const kept = keptFile(file, { schema: Workspace, missing: exampleWorkspace, text: workspaceText })
  return {
    read: async () => {
      const { value, trouble } = await kept.read()
      return { workspace: value, trouble }
    },
    save: (changed) => kept.save(changed),
  }
}
