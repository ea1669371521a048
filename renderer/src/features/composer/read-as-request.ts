import { isCurl } from '#shared/codecs/is-curl'
import { placeIn } from '#shared/codecs/place'
import type { SavedRequest } from '#shared/scenario/workspace'

export type ReadAsRequest = { ok: true; saved: SavedRequest; notes: readonly string[] } | { ok: false; problem: string }

/** Whether a text is no URL but a whole request: a cURL command, a fetch() call, an XMLHttpRequest. */
export const isWholeRequest = (text: string): boolean => isCurl(text) || /\bfetch\s*\(|\bnew\s+XMLHttpRequest\b/.test(text)

/** A saved request that asks for what a text asks for. What the text says nothing of goes; the page stays, unless the text names it. */
export async function readAsRequest(text: string, saved: SavedRequest): Promise<ReadAsRequest> {
  if (isCurl(text)) {
    const { readCurl } = await import('#shared/codecs/curl')
    const result = readCurl(text)
    if (!result.ok) return result
    const { request, origin, leftOut } = result
    return {
      ok: true,
      saved: {
        ...saved,
        page: origin === null || origin === 'null' ? saved.page : { origin },
        request: { ...request, disabledHeaders: [] },
      },
      notes: leftOut.length === 0 ? [] : [`Left out, for the browser sets them: ${leftOut.join(', ')}.`],
    }
  }
  const { readCall } = await import('./code/read-call.ts')
  const result = readCall(text)
  if (!result.ok) {
    const { line, column } = placeIn(text, result.problem.from)
    return { ok: false, problem: `Line ${line}, column ${column}: ${result.problem.message}` }
  }
  return {
    ok: true,
    saved: { ...saved, request: { ...result.request, disabledHeaders: [] } },
    notes: result.notes.map(({ message }) => message),
  }
}
