import { readdirSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { findingsOf } from '#shared/policy/findings'
import { newPolicy, Policy } from '#shared/policy/policy'
import { findingCodes, trafficFindingCodes } from './finding.ts'

const folder = resolve(import.meta.dirname, '../../../docs/findings')

describe('the pages of the findings', () => {
  it('are there for every code, and for no other', () => {
    expect(readdirSync(folder).toSorted()).toEqual([...findingCodes, ...trafficFindingCodes].map((code) => `${code}.md`).toSorted())
  })

  it.each([...findingCodes, ...trafficFindingCodes])(
    'say of %s what happens, why, an example, the fix and where the standard says so',
    (code) => {
      const page = readFileSync(resolve(folder, `${code}.md`), 'utf8')
      expect([...page.matchAll(/^#+ .*/gm)].slice(1).map(String)).toEqual([
        '## What happens',
        '## Why',
        '## Example',
        '## Fix',
        '## In the standard',
      ])
      expect(page).toMatch(/^# \S/)
      for (const part of page.split(/^## .*$/m).slice(1)) expect(part.trim()).toMatch(/[.`]$/)
      expect(page.split('## In the standard')[1]).toContain('](https://')
    },
  )

  describe.each(findingCodes)('%s', (code) => {
    const page = readFileSync(resolve(folder, `${code}.md`), 'utf8')

    it('has an example that the finding is about, which its fix mends', () => {
      const [, json = ''] = /## Example\n\n```json\n([^]*?)\n```/.exec(page) ?? []
      // What it does not say is as a new server has it.
      const policy = v.parse(v.strictObject(Policy.entries), { ...newPolicy, ...(JSON.parse(json) as object) })
      const found = findingsOf(policy).find((each) => each.code === code)
      expect(found).toBeDefined()
      expect(findingsOf(found?.fix.apply(policy) ?? policy).map((each) => each.code)).not.toContain(code)
    })
  })
})
