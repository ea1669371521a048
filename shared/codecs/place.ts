/** A place in a text; both count from 1. */
export interface Place {
  readonly line: number
  readonly column: number
}

export function placeIn(text: string, offset: number): Place {
  const before = text.slice(0, offset).split('\n')
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 }
}
