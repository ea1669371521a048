import { createReadStream } from 'node:fs'
import { LabError } from '#shared/contract/errors'

/** Characters of one scenario or file; a longer one is refused before it is parsed. */
const limit = 16 * 1024 * 1024

export interface Line {
  /** From 1. */
  readonly number: number
  /** null where the line is longer than 16 Mi characters. */
  readonly text: string | null
}

/** @param file its path; `-` for standard input. */
export function openText(file: string): AsyncIterable<string> {
  const stream = file === '-' ? process.stdin : createReadStream(file)
  return withoutMark(stream.setEncoding('utf8') as AsyncIterable<string>, file)
}

/** Windows' tools begin text with a byte order mark, which JSON does not know. */
async function* withoutMark(chunks: AsyncIterable<string>, file: string): AsyncGenerator<string> {
  let isFirst = true
  try {
    for await (const chunk of chunks) {
      yield isFirst && chunk.startsWith('\uFEFF') ? chunk.slice(1) : chunk
      isFirst = false
    }
  } catch (error) {
    throw new LabError('file-unreadable', { file, reason: error instanceof Error ? `${error.message}.` : '' })
  }
}

/** @throws LabError file-unreadable, also where it is longer than anything that is read here */
export async function readText(file: string): Promise<string> {
  let text = ''
  for await (const chunk of openText(file)) {
    text += chunk
    if (text.length > limit) throw new LabError('file-unreadable', { file, reason: 'It is longer than 16 Mi characters.' })
  }
  return text
}

/** The lines that are not blank, as many at a time as a chunk holds: whoever asks for the next ones has dealt with these. */
export async function* readLines(chunks: AsyncIterable<string>): AsyncGenerator<Line[]> {
  let rest: string | null = ''
  let number = 0
  for await (const chunk of chunks) {
    const parts = chunk.split('\n')
    const lines: Line[] = []
    for (const [index, part] of parts.entries()) {
      rest = rest === null || rest.length + part.length > limit ? null : rest + part
      if (index === parts.length - 1) break
      number += 1
      if (rest === null || rest.trim() !== '') lines.push({ number, text: rest })
      rest = ''
    }
    yield lines
  }
  if (rest === null || rest.trim() !== '') yield [{ number: number + 1, text: rest }]
}
