export type CodeLanguage = 'text' | 'json' | 'javascript' | 'headers'

/** Something that is wrong with the text, at a place in it. */
export interface CodeProblem {
  from: number
  to: number
  severity: 'error' | 'warning'
  message: string
}

export interface CodeEditorOptions {
  /** What a screen reader says it is. */
  label: string
  language?: CodeLanguage | undefined
  problems?: readonly CodeProblem[] | undefined
  /** The id of what says more about it. */
  describedBy?: string | undefined
  lineNumbers?: boolean | undefined
  /** Lines that go with something else on the screen, counted from 1. */
  linkedLines?: readonly number[] | undefined
  /** What is typed is not part of the workspace at once: undo is the editor's own. */
  ownUndo?: boolean | undefined
}
