import { defineStore } from 'pinia'
import { computed, ref } from 'vue'
import type { Events } from '#shared/contract/events'
import { mishapSentences } from '#shared/contract/mishap-text'
import type { Scenario } from '#shared/scenario/scenario'
import type { SavedRequest } from '#shared/scenario/workspace'
import type { RunView } from '../features/run-view.ts'
import { lab } from '../lab-client/index.ts'
import { answersOfRun } from './answers-of-run.ts'
import { useEarlyEvents } from './early-events.ts'
import { inEveryEngine } from './in-every-engine.ts'
import { toMishap } from './mishap.ts'
import { usePreferencesStore } from './preferences.ts'
import { scenarioOf, useScenarioStore } from './scenario.ts'
import { useWorkspaceStore } from './workspace.ts'

interface Run extends RunView {
  /** null until the host has given it one. */
  runId: string | null
  /** It is to end, and the host is told as soon as there is an id to tell it by. */
  unwanted: boolean
  /** What was run, against which servers: once it differs from what is on the screen, the run is stale. */
  of: string
}

/** The last run of each request. */
export const useRunStore = defineStore('run', () => {
  const workspace = useWorkspaceStore()
  const scenarios = useScenarioStore()
  const preferences = usePreferencesStore()
  const runs = ref<Record<string, Run>>({})

  const events = useEarlyEvents((runId) => Object.values(runs.value).find((run) => run.runId === runId))

  const policies = computed(() => JSON.stringify(workspace.workspace.servers.map((server) => ({ ...server, name: '' }))))
  const last = computed<RunView | null>(() => runs.value[workspace.request?.id ?? ''] ?? null)
  /** The last run of the request that is shown, for as long as neither the request nor a policy was changed since. */
  const current = computed<RunView | null>(() => (workspace.request ? fresh(workspace.request) : null))
  /** What servers answer: what came, where the run has it. */
  const answer = computed(() => {
    const result = current.value?.result
    return result ? answersOfRun(result.prediction, scenarios.answer) : scenarios.answer
  })
  /** What every engine would do with that. */
  const predictions = computed(() =>
    current.value?.result && scenarios.scenario ? inEveryEngine(scenarios.scenario, answer.value) : scenarios.predictions,
  )
  const running = computed(() => last.value?.status === 'running')

  lab.on('run.exchange', (event) => events.tell(event.runId, (run) => run.exchanges.push(event.exchange)))
  lab.on('run.finished', (event) => events.tell(event.runId, (run) => Object.assign(run, { status: 'finished', result: event.result })))
  lab.on('run.failed', (event) =>
    events.tell(event.runId, (run) => Object.assign(run, { status: 'failed', error: failureText(event.error) })),
  )
  lab.onConnection((connected) => {
    if (!connected) abandon()
  })

  return { last, current, answer, predictions, running, start, cancel, freshResult }

  async function start() {
    const { scenario } = scenarios
    if (!scenario || running.value) return
    const profile = preferences.shown
    runs.value[scenario.id] = {
      runId: null,
      unwanted: false,
      of: identity(scenario),
      status: 'running',
      exchanges: [],
      result: null,
      error: null,
      startedAt: Date.now(),
      profile,
    }
    const run = runs.value[scenario.id]
    if (!run) return
    try {
      const runId = await events.awaiting(async () => (run.runId = (await lab.call('run.start', { scenario, profile })).runId))
      if (run.unwanted) await stop(runId)
    } catch (error) {
      Object.assign(run, { status: 'failed', error: mishapSentences(toMishap(error)) })
    }
  }

  async function cancel() {
    const run = runs.value[workspace.request?.id ?? '']
    if (run?.status !== 'running') return
    run.unwanted = true
    if (run.runId !== null) await stop(run.runId)
  }

  /** A run that is over by now needs no cancelling; its end is told by an event. */
  async function stop(runId: string) {
    await lab.call('run.cancel', { runId }).catch(() => undefined)
  }

  /** Whoever ran them is gone: they would run for ever. */
  function abandon() {
    for (const run of Object.values(runs.value)) {
      if (run.status === 'running') Object.assign(run, { status: 'failed', error: mishapSentences({ code: 'no-host', details: {} }) })
    }
  }

  /** The last run of a request, unless the request, a policy or the engine shown was changed since. */
  function fresh(saved: SavedRequest): Run | null {
    const run = runs.value[saved.id]
    return run?.profile === preferences.shown && run.of === identity(scenarioOf(saved)) ? run : null
  }

  function freshResult(saved: SavedRequest) {
    return fresh(saved)?.result ?? null
  }

  function identity(scenario: Scenario) {
    return JSON.stringify([scenario, policies.value])
  }
})

function failureText(error: Events['run.failed']['error']): string {
  return error === 'cancelled' ? 'Cancelled. What had been sent until then is in Raw.' : mishapSentences(error)
}
