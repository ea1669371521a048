import { until } from '@vueuse/core'
import { engineOrder } from '#shared/lab/engine-names'
import type { ProfileName } from '#shared/lab/prediction'
import { useBrowsersStore } from '../../stores/browsers.ts'
import { useMockServersStore } from '../../stores/mock-servers.ts'
import { useSweepStore } from '../../stores/sweep.ts'
import { useSweepHappenedStore, type CellAddress } from '../../stores/sweep-happened.ts'
import { useToastsStore } from '../../stores/toasts.ts'
import type { SweepView } from './use-sweep-view.ts'

/** Asks cells for real, in the engines that are looked at; the mock server is started first where it does not run. */
export function useAskForReal(view: SweepView) {
  const sweeps = useSweepStore()
  const happened = useSweepHappenedStore()
  const mockServers = useMockServersStore()
  const browsers = useBrowsersStore()
  const toasts = useToastsStore()

  return { run, prove }

  async function run(cells: readonly CellAddress[]) {
    if (await serverRuns()) await happened.run(cells, looked())
  }

  async function prove(cells: readonly CellAddress[]) {
    await until(() => browsers.state).not.toBe('looking')
    const provers = looked()
      .map((engine) => browsers.ownFirst.find((browser) => browser.engine === engine))
      .filter((browser) => browser !== undefined)
    if (provers.length === 0) browsers.open = true
    else if (await serverRuns()) await happened.prove(cells, provers)
  }

  function looked(): readonly ProfileName[] {
    return view.profile.value === 'all' ? engineOrder : [view.profile.value]
  }

  async function serverRuns(): Promise<boolean> {
    const { server } = sweeps
    if (!server) return false
    if (!mockServers.states[server.id]) await mockServers.start(server)
    if (mockServers.states[server.id]) return true
    toasts.trouble(`${server.name} could not be started; its own screen says why. Nothing was sent.`)
    return false
  }
}
