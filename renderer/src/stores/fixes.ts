import { watchDebounced } from '@vueuse/core'
import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import type { Advice } from '#shared/lab/fixes/common-advice'
import type { Fix } from '#shared/lab/fixes/find-fixes'
import { isFixable } from '#shared/lab/fixes/fixable'
import type { World } from '#shared/lab/fixes/world'
import { plain } from '#shared/lab/prose'
import { aloneIn } from '#shared/scenario/one-request'
import type { ScenarioRequest } from '#shared/scenario/scenario'
import type { SavedRequest } from '#shared/scenario/workspace'
import { copyOf } from './copy-of.ts'
import { usePreferencesStore } from './preferences.ts'
import { useScenarioStore } from './scenario.ts'
import { useShellStore } from './shell.ts'
import { useToastsStore } from './toasts.ts'
import { useWorkspaceStore } from './workspace.ts'

/** Milliseconds without an edit before fixes are looked for: typing must not wait for them. */
const pause = 200

/** What would turn the verdict of the request that is shown, in the engine that is shown. */
export const useFixesStore = defineStore('fixes', () => {
  const workspace = useWorkspaceStore()
  const scenarios = useScenarioStore()
  const preferences = usePreferencesStore()
  const shell = useShellStore()
  const toasts = useToastsStore()

  const at = computed(() => Math.min(shell.requestAt, workspace.request?.then?.length ?? 0))
  /** Of several requests, the one that is shown, as a browser that has cached nothing would make it. */
  const world = computed<World | null>(() =>
    scenarios.scenario && scenarios.predictions ? { scenario: aloneIn(scenarios.scenario, at.value), servers: scenarios.servers } : null,
  )
  /** null where the search for them was not loaded, for the lab’s host is gone. */
  const fixes = shallowRef<readonly Fix[] | null>([])
  const advice = shallowRef<readonly Advice[]>([])

  watchDebounced([world, () => preferences.shown], look, { debounce: pause, immediate: true })

  return { fixes, advice, apply }

  /** The search is loaded when there is something to mend. Whatever changes meanwhile is looked at anew after its own pause. */
  async function look() {
    const [asked, profile] = [world.value, preferences.shown]
    let found: { fixes: readonly Fix[] | null; advice: readonly Advice[] } = { fixes: [], advice: [] }
    if (asked !== null && isFixable(scenarios.foretell(asked.scenario, profile))) {
      const loaded = await Promise.all([import('#shared/lab/fixes/find-fixes'), import('#shared/lab/fixes/common-advice')]).catch(
        () => null,
      )
      if (asked !== world.value || profile !== preferences.shown) return
      // Plain copies: the search makes many worlds, and none may be watched.
      const now = copyOf(asked)
      found =
        loaded === null
          ? { fixes: null, advice: [] }
          : { fixes: loaded[0].findFixes(now, profile), advice: loaded[1].adviceThatFails(now, profile) }
    }
    fixes.value = found.fixes
    advice.value = found.advice
  }

  /** Puts the fix where the request and the policies are kept, and offers to take it back. */
  function apply({ world: wanted, labels }: Fix) {
    const request = workspace.request?.then?.[at.value - 1] ?? workspace.request?.request
    if (!request) return
    const before = copyOf({ request, servers: workspace.workspace.servers })
    put(request, copyOf(wanted.scenario.request))
    for (const { server } of wanted.servers) replaceServer(copyOf(server))
    toasts.done(`${plain(labels.join('; '))}: done.`, () => {
      put(request, before.request)
      for (const server of before.servers) replaceServer(server)
    })
  }

  /** What a scenario's request does not tell stays as it was. */
  function put(request: SavedRequest['request'], now: ScenarioRequest) {
    Object.assign(request, now)
    for (const key of Object.keys(request)) {
      if (!(key in now) && key !== 'disabledHeaders' && key !== 'after') Reflect.deleteProperty(request, key)
    }
  }

  function replaceServer(server: (typeof workspace.workspace.servers)[number]) {
    const { servers } = workspace.workspace
    const at = servers.findIndex(({ id }) => id === server.id)
    if (at >= 0 && JSON.stringify(servers[at]) !== JSON.stringify(server)) servers[at] = server
  }
})
