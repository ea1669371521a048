import { expect, it } from 'vitest'
import { editUnderLoad } from '../../tests/edited-under-load.ts'

it(
  'gives 500 clients at once the old policy’s answer or the new one’s, to the byte, however often it is edited',
  { timeout: 60_000 },
  async () => {
    const { answers, wrong, errors } = await editUnderLoad({ clients: 500, edits: 20, pause: 75 })
    expect({ wrong, errors }).toEqual({ wrong: [], errors: [] })
    // Each was answered, and under more than one edition.
    expect(answers).toBeGreaterThan(1000)
  },
)
