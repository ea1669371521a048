import { defineStore } from 'pinia'
import { computed } from 'vue'
import { answersOfMockServers } from '#shared/lab/answers-of-mock-servers'
import { predict } from '#shared/lab/predict'
import type { Prediction, ProfileName } from '#shared/lab/prediction'
import { asTold } from '#shared/scenario/api-options'
import type { Scenario, ScenarioRequest } from '#shared/scenario/scenario'
import type { SavedRequest } from '#shared/scenario/workspace'
import { copyOf } from './copy-of.ts'
import { inEveryEngine } from './in-every-engine.ts'
import { useMockServersStore } from './mock-servers.ts'
import { useWorkspaceStore } from './workspace.ts'

/** What the request that is shown would do, in every engine. */
export const useScenarioStore = defineStore('scenario', () => {
  const workspace = useWorkspaceStore()
  const mockServers = useMockServersStore()

  // Copies: a prediction reads every header and origin many times over, and what is watched is slow to read.
  const scenario = computed(() => (workspace.request ? scenarioOf(copyOf(workspace.request)) : null))

  /** A stopped server answers as its policy says, at the port it would listen on. */
  const servers = computed(() =>
    workspace.workspace.servers.map((server) => ({ server: copyOf(server), port: mockServers.states[server.id]?.port ?? server.port })),
  )
  const answer = computed(() => answersOfMockServers(servers.value))

  /** Recomputed as the user types; null where there is no URL yet. */
  const predictions = computed(() =>
    scenario.value && scenario.value.request.url !== '' ? inEveryEngine(scenario.value, answer.value) : null,
  )

  return { scenario, servers, answer, predictions, foretell }

  function foretell(of: Scenario, profile: ProfileName): Prediction {
    return predict(of, profile, answer.value)
  }
})

/** A saved request as the scenario it is: without its name, the header lines that are switched off, and what its APIs cannot be told. */
export function scenarioOf({ id, page, cookies, request, then = [] }: SavedRequest): Scenario {
  const later = then.map(({ after, ...asked }) => ({ ...told(asked), ...(after === undefined ? {} : { after }) }))
  return {
    id,
    page,
    ...(cookies === undefined ? {} : { cookies }),
    request: told(request),
    ...(later.length > 0 ? { then: later } : {}),
  }
}

function told(request: SavedRequest['request']): ScenarioRequest {
  const written: Partial<SavedRequest['request']> & ScenarioRequest = { ...request }
  delete written.disabledHeaders
  return asTold(written)
}
