import { describe, expect, it } from 'vitest'
import type { Browser } from '#shared/contract/browsers'
import { browserName, columnOf, progressOf, type BrowserProof, type ProofView } from './proof-view.ts'

const browser = (id: string, version: string | null = '156.0.1'): Browser => ({
  id,
  engine: 'chromium',
  name: 'Chromium',
  version,
  program: id,
})
const proof = (id: string, rest: Partial<BrowserProof>): BrowserProof => ({
  browser: browser(id),
  status: 'observed',
  observation: null,
  agreement: { agrees: 'yes' },
  trouble: null,
  askedAt: 0,
  took: 1,
  ...rest,
})
const view = (...browsers: BrowserProof[]): ProofView => ({ status: 'finished', startedAt: 0, wait: 0, browsers })
const differs = proof('differs', {
  agreement: { agrees: 'no', difference: { exchange: null, field: 'status', predicted: '200', observed: '204' } },
})
const asking = proof('asking', { status: 'asking', agreement: null })
const failed = proof('failed', { status: 'failed', agreement: null })
const agrees = proof('agrees', {})

describe('an engine’s column, where several browsers have that engine', () => {
  it.each([
    ['tells of what did otherwise before all else', [agrees, asking, differs], 'differs'],
    ['tells of what is still asked before what has answered', [agrees, asking], 'asking'],
    ['tells of what was observed before what failed', [failed, agrees], 'agrees'],
    ['tells of what failed where there is nothing else', [failed], 'failed'],
  ])('%s', (_, browsers, id) => expect(columnOf(view(...browsers), 'chromium')?.browser.id).toBe(id))

  it('is empty where no browser of that engine was asked', () => expect(columnOf(view(agrees), 'webkit')).toBeNull())
})

describe('how far a proof is', () => {
  it('counts the browsers that have told, and says that they wait in real time', () => {
    expect(progressOf(view(agrees, failed, asking))).toEqual({ told: '2 of 3', waits: null })
    expect(progressOf({ ...view(agrees, asking), wait: 5500 })).toEqual({ told: '1 of 2', waits: 'waits 5.5 s' })
  })
})

describe('a browser’s name', () => {
  it.each([
    ['156.0.8078.108', 'Chromium 156'],
    ['153.7.0esr', 'Chromium 153'],
    ['2.50.6', 'Chromium 2.50'],
    [null, 'Chromium'],
  ])('with version %s is %s', (version, name) => expect(browserName(browser('c', version))).toBe(name))
})
