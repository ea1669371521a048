import type { EndRow, GateName, GateRow } from '#shared/lab/diagram-rows'
import { diagramOf } from '#shared/lab/diagram'
import { answersOfMockServers } from '#shared/lab/answers-of-mock-servers'
import { predict } from '#shared/lab/predict'
import { openPreset } from '#shared/scenario/open-preset'
import type { Preset } from '#shared/scenario/presets'

/** The four stations of the diagram's one-line form; null where there is none, as no preflight passes that was not needed. */
export interface Track {
  readonly stations: readonly (GateRow | EndRow | null)[]
  /** The same as a sentence. */
  readonly words: string
}

/** Where the request would go and stop, worked out as on the screen that it opens. */
export function trackOf(preset: Preset): Track {
  const { server, request } = openPreset(preset, { server: preset.id, request: preset.id }, 4001)
  const scenario = { id: preset.id, page: request.page, request: request.request }
  const rows = diagramOf(predict(scenario, 'standard', answersOfMockServers([{ server, port: 4001 }])), scenario.request)
  const gates = rows.filter((row) => row.kind === 'gate')
  // After a redirect there are two of each: the one that stops it, else the last.
  const gate = (name: GateName) => {
    const all = gates.filter((row) => row.gate === name)
    return all.find(({ state }) => state === 'closed') ?? all.at(-1) ?? null
  }
  const stations = [
    gate('needs-preflight'),
    gate('preflight-passes'),
    gate('cors-check'),
    rows.find((row): row is EndRow => row.kind === 'end') ?? null,
  ]
  const words = stations.flatMap((row) => (row === null ? [] : [`${row.question}: ${row.answer}`])).join('; ')
  return { stations, words }
}
