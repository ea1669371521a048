import { describe, expect, it } from 'vitest'
import type { HTTPNetworkFetch, NetworkAnswer } from '#shared/fetch/steps'
import type { PredictedExchange } from '#shared/lab/prediction'
import { answersOfRun } from './answers-of-run.ts'

const fetchOf = (kind: 'preflight' | 'request', url: string): HTTPNetworkFetch => ({
  kind,
  method: 'GET',
  url,
  headerList: [],
  body: null,
  includeCredentials: false,
})
const exchange = (kind: 'preflight' | 'request', url: string, answer: NetworkAnswer): PredictedExchange => ({
  kind,
  url,
  method: 'GET',
  origin: null,
  headerList: [],
  body: null,
  answer,
})

const came: NetworkAnswer = { type: 'response', status: 418, headerList: [] }
const byPolicy: NetworkAnswer = { type: 'response', status: 204, headerList: [] }
const nobody: NetworkAnswer = { type: 'network-error', reason: 'Nothing listens there.' }
const unknown = (): NetworkAnswer => ({ type: 'unanswered' })

describe('the answers of a run', () => {
  it('are what came, for the same kind and URL, where no policy is known', () => {
    const answers = answersOfRun({ exchanges: [exchange('preflight', 'http://a.test/', came)] }, unknown)
    expect(answers(fetchOf('preflight', 'http://a.test/'))).toBe(came)
    expect(answers(fetchOf('request', 'http://a.test/'))).toEqual({ type: 'unanswered' })
    expect(answers(fetchOf('preflight', 'http://b.test/'))).toEqual({ type: 'unanswered' })
  })

  it('are the policy’s where it is known, for it may say something else to another engine', () => {
    const answers = answersOfRun({ exchanges: [exchange('request', 'http://a.test/', came)] }, () => byPolicy)
    expect(answers(fetchOf('request', 'http://a.test/'))).toBe(byPolicy)
  })

  it('are none where the server did not answer, whatever its policy would have said', () => {
    const answers = answersOfRun({ exchanges: [exchange('request', 'http://a.test/', nobody)] }, () => byPolicy)
    expect(answers(fetchOf('request', 'http://a.test/'))).toBe(nobody)
  })
})
