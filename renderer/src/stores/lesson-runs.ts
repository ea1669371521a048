import { ref } from 'vue'
import type { Events } from '#shared/contract/events'
import { mishapSentences } from '#shared/contract/mishap-text'
import type { ProfileName } from '#shared/lab/prediction'
import type { Scenario } from '#shared/scenario/scenario'
import type { RunView } from '../features/run-view.ts'
import { lab } from '../lab-client/index.ts'
import { useEarlyEvents } from './early-events.ts'
import { toMishap } from './mishap.ts'

/** Requests that the lab sends itself, by the scenario's id: the last run of each. */
export function useLessonRuns(finished: (scenario: Scenario, run: RunView) => void) {
  const runs = ref<Record<string, RunView>>({})
  const scenarios = new Map<string, Scenario>()
  const events = useEarlyEvents((runId) => scenarios.get(runId))

  const told = (runId: string, change: (run: RunView) => void) =>
    events.tell(runId, (scenario) => {
      const run = runs.value[scenario.id]
      if (!run) return
      change(run)
      if (run.status === 'finished') finished(scenario, run)
    })
  lab.on('run.exchange', ({ runId, exchange }) => told(runId, (run) => run.exchanges.push(exchange)))
  lab.on('run.finished', ({ runId, result }) => told(runId, (run) => Object.assign(run, { status: 'finished', result })))
  lab.on('run.failed', ({ runId, error }) => told(runId, (run) => Object.assign(run, { status: 'failed', error: failureText(error) })))

  return { runs, start, forget, clear }

  async function start(scenario: Scenario, profile: ProfileName) {
    if (runs.value[scenario.id]?.status === 'running') return
    runs.value[scenario.id] = { status: 'running', exchanges: [], result: null, error: null, startedAt: Date.now(), profile }
    try {
      await events.awaiting(async () => {
        const { runId } = await lab.call('run.start', { scenario, profile })
        scenarios.set(runId, scenario)
        return runId
      })
    } catch (error) {
      Object.assign(runs.value[scenario.id] ?? {}, { status: 'failed', error: failureText(toMishap(error)) })
    }
  }

  function forget(id: string) {
    if (runs.value[id]?.status !== 'running') runs.value = Object.fromEntries(Object.entries(runs.value).filter(([each]) => each !== id))
  }

  function clear() {
    runs.value = {}
    scenarios.clear()
  }
}

function failureText(error: Events['run.failed']['error']): string {
  return error === 'cancelled' ? 'Cancelled.' : mishapSentences(error)
}
