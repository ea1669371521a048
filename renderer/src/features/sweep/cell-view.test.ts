import { describe, expect, it } from 'vitest'
import type { CellVerdicts } from '#shared/lab/sweep/verdicts'
import { cellView } from './cell-view.ts'

const read: CellVerdicts = ['read', 'read', 'read', 'read']
const preflighted: CellVerdicts = ['read', 'preflight', 'preflight', 'preflight']

describe('a cell of a sweep', () => {
  it('says in words what its mark and letters say', () => {
    expect(cellView(read, null, undefined, null)).toMatchObject({ kind: 'read', mark: 'allowed', solid: false, words: 'allowed' })
    expect(cellView(preflighted, null, undefined, null)).toMatchObject({
      kind: 'differs',
      letters: '1/4',
      words: 'engines differ, allowed in 1 of 4',
    })
    expect(cellView(preflighted, null, undefined, 'firefox')).toMatchObject({
      kind: 'blocked',
      letters: 'P',
      words: 'blocked at the preflight',
    })
    expect(cellView(['cors-check', 'preflight', 'preflight', 'preflight'], null, undefined, null).words).toBe(
      'blocked at the CORS check or blocked at the preflight',
    )
  })

  it('is filled once it happened, and shows what came of it instead of what was foretold', () => {
    const view = cellView(preflighted, null, { firefox: { by: 'proof', verdict: 'read', trouble: null } }, 'firefox')
    expect(view).toMatchObject({ solid: true, kind: 'read' })
    expect(view.trouble).toBe('predicted was blocked at the preflight, the browser came to allowed')
  })

  it('says why it could not be told', () =>
    expect(cellView(read, null, { webkit: { by: 'proof', verdict: null, trouble: 'WebKit was closed.' } }, null)).toMatchObject({
      solid: false,
      trouble: 'WebKit was closed.',
    }))

  it('says what a change opens and closes', () => {
    expect(cellView(read, preflighted, undefined, null)).toMatchObject({ kind: 'opens', letters: 'opens', words: 'allowed, opens' })
    expect(cellView(preflighted, read, undefined, null).kind).toBe('closes')
    expect(cellView(read, read, undefined, null)).toMatchObject({ kind: 'same', letters: '', words: 'allowed, as before' })
  })
})
