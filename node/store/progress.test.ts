import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { noProgress } from '#shared/learn/progress'
import { progressIn } from './progress.ts'

let folder: string
const reported: string[] = []
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'corslab-progress-'))
  reported.length = 0
})
afterEach(() => rm(folder, { recursive: true, force: true }))
const open = () => progressIn(folder, (trouble) => void reported.push(trouble))

describe('the progress file', () => {
  it('is nothing done where it is missing, and what was saved afterwards', async () => {
    expect(await open().read()).toEqual(noProgress)
    const progress = { version: 1 as const, lessons: { origin: { classics: 1_700_000_000_000 } } }
    await open().save(progress)
    expect(await open().read()).toEqual(progress)
    expect(reported).toEqual([])
  })

  it('counts for nothing where it is broken, says so, and is kept aside before it is written anew', async () => {
    const broken = '{"version": 1, "lessons": {"origin": 3}}'
    await writeFile(join(folder, 'learn.json'), broken)
    expect(await open().read()).toEqual(noProgress)
    expect(reported.join()).toContain('lessons.origin')
    await open().save(noProgress)
    expect(await readFile(join(folder, 'learn.broken-1.json'), 'utf8')).toBe(broken)
  })
})
