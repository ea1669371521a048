import { editUnderLoad } from '../../edited-under-load.ts'

/** 500 clients for ten seconds, and 20 edits meanwhile. */
export async function underLoad(): Promise<string[]> {
  const { answers, wrong, errors } = await editUnderLoad({ clients: 500, edits: 20, pause: 10_000 / 21 })
  console.log(`500 clients for 10 s, 20 edits: ${answers} answers, ${wrong.length} of no edition, ${errors.length} errors; to stay at: 0`)
  return wrong.length + errors.length === 0 ? [] : [`Under load: ${wrong.length} wrong answers, ${errors.length} errors`]
}
