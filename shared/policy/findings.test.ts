import fc from 'fast-check'
import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { anyPolicy } from '../../tests/support/any-policy.ts'
import { findingsOf } from './findings.ts'
import type { Finding } from './findings/finding.ts'
import { newPolicy, Policy } from './policy.ts'

const key = ({ code, where }: Finding) => JSON.stringify([code, where.field, where.entry])

describe('findings', () => {
  it('has nothing against a new server’s policy', () => expect(findingsOf(newPolicy)).toEqual([]))

  it('are there for any policy at all, each once, in a whole sentence, about a field that the policy has', () => {
    fc.assert(
      fc.property(anyPolicy, (policy) => {
        const findings = findingsOf(policy)
        expect(new Set(findings.map(key)).size).toBe(findings.length)
        for (const { sentence, where, fix } of findings) {
          expect(sentence).toMatch(/^[^]+\.$/)
          expect(Object.keys(policy)).toContain(where.field)
          expect(fix.label).not.toBe('')
        }
      }),
    )
  })

  it('are mended by their fix, which makes nothing broken, leaves what it is given as it is, and makes a policy', () => {
    fc.assert(
      fc.property(anyPolicy, (policy) => {
        const before = JSON.stringify(policy)
        const broken = brokenOf(policy)
        for (const finding of findingsOf(policy)) {
          const mended = finding.fix.apply(policy)
          expect(JSON.stringify(policy)).toBe(before)
          expect(v.parse(Policy, mended)).toEqual(mended)
          expect(findingsOf(mended).map(key)).not.toContain(key(finding))
          const left = [...broken]
          // Each that is broken now was broken before.
          for (const each of brokenOf(mended)) expect(left.splice(left.indexOf(each), 1)).toEqual([each])
        }
      }),
      { numRuns: 1000 },
    )
  }, 60_000)

  it('come to an end: mended one after another, nothing broken and no risk is left', () => {
    fc.assert(
      fc.property(anyPolicy, (policy) => {
        let now = policy
        for (let steps = 0; steps < 60; steps += 1) {
          const [next] = findingsOf(now)
          if (next === undefined) return
          now = next.fix.apply(now)
        }
        expect(findingsOf(now)).toEqual([])
      }),
      { numRuns: 300 },
    )
  }, 60_000)

  const brokenOf = (policy: Policy) =>
    findingsOf(policy)
      .filter(({ severity }) => severity === 'broken')
      .map(({ code, where }) => `${code} in ${where.field}`)
})
