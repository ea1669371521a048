import { readFileSync } from 'node:fs'
import { beforeAll, describe, expect, it } from 'vitest'
import * as v from 'valibot'
import { Scenario } from '#shared/scenario/scenario'
import { diagramOf } from './diagram.ts'
import type { DiagramRow } from './diagram-rows.ts'
import { differencesOf } from './differences.ts'
import { engineCells } from './engine-cells.ts'
import { predict } from './predict.ts'
import { profileNames, type Prediction, type ProfileName } from './prediction.ts'
import { scriptReads } from './script-reads.ts'
import { scriptView } from './script-view.ts'
import { hopsOf } from './stop.ts'
import { stopWords } from './stop-words.ts'
import { verdictOf, type VerdictKind } from './verdict.ts'

interface Case {
  scenario: Scenario
  predictions: Record<ProfileName, Prediction>
}

const cases: Case[] = []
const each = (check: (prediction: Prediction, rows: DiagramRow[], scenario: Scenario) => void) => {
  for (const { scenario, predictions } of cases) {
    for (const profile of profileNames) check(predictions[profile], diagramOf(predictions[profile], scenario.request), scenario)
  }
}

beforeAll(() => {
  const linesOf = (name: string) => readFileSync(`tests/conformance/${name}.ndjson`, 'utf8').trim().split('\n')
  for (const line of [...linesOf('scenarios'), ...linesOf('elements.scenarios')]) {
    const scenario = v.parse(Scenario, JSON.parse(line))
    const of = (profile: ProfileName) => predict(scenario, profile)
    cases.push({
      scenario,
      predictions: { standard: of('standard'), chromium: of('chromium'), firefox: of('firefox'), webkit: of('webkit') },
    })
  }
})

/** Over every recorded scenario, in every profile: what the screen says follows from the prediction and never contradicts it. */
describe('what the screen says of 1,500 scenarios and of elements', () => {
  it('is about all of them', () => expect(cases.length).toBeGreaterThan(2000))

  it('ends every diagram in one row that says what the script reads', () =>
    each((_, rows) => {
      expect(rows.filter(({ kind }) => kind === 'end')).toHaveLength(1)
      expect(rows.at(-1)?.kind).toBe('end')
    }))

  it('shows every exchange once, as a request and what came back', () =>
    each(({ exchanges }, rows) => {
      const shown = rows.flatMap((row) => (row.kind === 'message' && row.exchange !== null ? [`${row.exchange} ${row.direction}`] : []))
      expect(shown).toEqual(exchanges.flatMap((_, at) => [`${at} out`, `${at} back`]))
    }))

  it('gives no two rows the same id', () => each((_, rows) => expect(new Set(rows.map(({ id }) => id)).size).toBe(rows.length)))

  it('closes exactly one gate where a network error is no matter of a lost connection, and none otherwise', () =>
    each((prediction, rows) => {
      const closed = rows.filter((row) => row.kind === 'gate' && row.state === 'closed').length
      const lost = prediction.exchanges.at(-1)?.answer.type === 'network-error'
      const { outcome, exchanges, trace } = prediction
      const isSilent =
        (outcome === 'sent' || outcome === 'load') && exchanges.length === 0 && trace.some(({ effect }) => effect === 'stopped')
      const neverSent = isSilent || (outcome === 'sent' && exchanges.at(-1)?.kind === 'preflight')
      const stopped = ['network-error', 'exception', 'refused'].includes(outcome) || neverSent
      expect([prediction.id, closed]).toEqual([prediction.id, stopped && !lost ? 1 : 0])
    }))

  it('puts nothing but what was not reached below a closed gate', () =>
    each((_, rows) => {
      const at = rows.findIndex((row) => row.kind === 'gate' && row.state === 'closed')
      if (at === -1) return
      for (const row of rows.slice(at + 1, -1)) expect('state' in row ? row.state : 'sent').toBe('not-reached')
    }))

  it('has a verdict of the kind that the outcome is', () => {
    const kinds: Record<Prediction['outcome'], readonly VerdictKind[]> = {
      basic: ['allowed'],
      cors: ['allowed'],
      load: ['allowed', 'opaque'],
      opaque: ['opaque'],
      opaqueredirect: ['opaque'],
      exception: ['not-sent'],
      'network-error': ['blocked-preflight', 'blocked-cors-check', 'not-sent', 'network-error'],
      sent: ['opaque', 'network-error'],
      refused: ['not-sent'],
      unanswered: ['unanswered'],
      'not modelled': ['not-modelled'],
    }
    each((prediction) => expect(kinds[prediction.outcome]).toContain(verdictOf(prediction).kind))
  })

  it('says "blocked at the preflight" only where a preflight was the last thing sent and had an answer', () =>
    each((prediction) => {
      const last = prediction.exchanges.at(-1)
      const said = verdictOf(prediction).kind === 'blocked-preflight'
      const isSo = prediction.outcome === 'network-error' && last?.kind === 'preflight' && last.answer.type === 'response'
      expect([prediction.id, said]).toEqual([prediction.id, isSo])
    }))

  it('says "would" in predictions and never in runs', () =>
    each((prediction) => {
      const { sentence } = verdictOf(prediction)
      expect(sentence.run).not.toMatch(/\bwould\b/)
      if (!['opaque', 'unanswered'].includes(verdictOf(prediction).kind)) expect(sentence.predicted).toMatch(/\bwould\b|\bcould\b/)
    }))

  it('ends each sentence with one full stop and leaves no name out', () =>
    each((prediction) => {
      const { sentence, cause, word } = verdictOf(prediction)
      for (const text of [sentence.predicted, sentence.run]) {
        expect(text).toMatch(/\.$/)
        expect(text).not.toMatch(/\.\.|undefined|``/)
      }
      expect(cause).not.toBe('')
      expect(word).toMatch(/^[A-Z]/)
    }))

  it('has words of its own for every way a request is stopped', () =>
    each((prediction) => {
      const words = stopWords(prediction)
      if (!words) return
      expect(words.brief).not.toContain(`${prediction.ruling.step}:`)
      for (const line of words.evidence) if (line.bad !== undefined) expect(line.value.toLowerCase()).toContain(line.bad.toLowerCase())
    }))

  it('blames a header that the preflight asked for and the answer does not list', () =>
    each((prediction) => {
      if (!/^cors-preflight-fetch\/7\.[67]$/.test(prediction.ruling.step) || prediction.ruling.effect !== 'stopped') return
      expect(prediction.exchanges.at(-1)?.requestHeaders?.map((name) => name.toLowerCase())).toContain(
        verdictOf(prediction).cause.toLowerCase(),
      )
    }))

  it('cuts the exchanges into one hop for each URL', () =>
    each(({ exchanges }) => {
      const hops = hopsOf(exchanges)
      expect(hops.flatMap(({ preflight, request }) => [preflight, request].flatMap((part) => (part ? [part.index] : [])))).toEqual(
        exchanges.map((_, at) => at),
      )
      for (const { url, preflight, request } of hops) for (const part of [preflight, request]) if (part) expect(part.exchange.url).toBe(url)
    }))

  it('lets the engine shown agree with itself in every row', () => {
    for (const { scenario, predictions } of cases) {
      const engine = (profile: ProfileName) => ({
        prediction: predictions[profile],
        rows: diagramOf(predictions[profile], scenario.request),
      })
      const engines = { standard: engine('standard'), chromium: engine('chromium'), firefox: engine('firefox'), webkit: engine('webkit') }
      for (const row of engines.chromium.rows) expect(engineCells(row, 'chromium', engines).chromium.mark).not.toBe('differs')
    }
  })

  it('finds a difference in the verdict exactly where the verdicts differ', () => {
    for (const { predictions } of cases) {
      const words = new Set(profileNames.map((profile) => verdictOf(predictions[profile]).word))
      expect(differencesOf(predictions, 'chromium').some(({ what }) => what === 'Verdict')).toBe(words.size > 1)
    }
  })

  it('lets the script read something in an engine exactly where the outcome there is readable', () => {
    for (const { scenario, predictions } of cases) {
      scriptView(predictions.firefox, scenario)
      const [status] = scriptReads(predictions, scenario.request.api)
      for (const profile of profileNames) {
        expect(status?.readings[profile].verdict === 'allowed').toBe(['basic', 'cors', 'load'].includes(predictions[profile].outcome))
      }
    }
  })
})
