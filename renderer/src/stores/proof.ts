import { defineStore } from 'pinia'
import { computed, ref } from 'vue'
import type { Browser } from '#shared/contract/browsers'
import { mishapSentences, mishapText, type MishapText } from '#shared/contract/mishap-text'
import { compare } from '#shared/lab/compare'
import { proofWait } from '#shared/lab/proof-wait'
import type { Scenario } from '#shared/scenario/scenario'
import type { BrowserProof, ProofView } from '../features/proof-view.ts'
import { lab } from '../lab-client/index.ts'
import { useBrowsersStore } from './browsers.ts'
import { useEarlyEvents } from './early-events.ts'
import { toMishap } from './mishap.ts'
import { useMockServersStore } from './mock-servers.ts'
import { obstacleTo } from './obstacle.ts'
import { useRunStore } from './run.ts'
import { useScenarioStore } from './scenario.ts'
import { useToastsStore } from './toasts.ts'
import { useWorkspaceStore } from './workspace.ts'

type Told = Omit<BrowserProof, 'agreement'>

interface Proof {
  scenario: Scenario
  /** What was proved, against which servers: once it differs from what is on the screen, the proof is old. */
  of: string
  startedAt: number
  network: boolean
  browsers: Told[]
  /** The host's ids of what it was asked: once for all browsers, and once more for each that was tried again. */
  asked: string[]
  /** It is to end, and the host is told as soon as there is an id to tell it by. */
  unwanted: boolean
}

/** The last proof of each request: what real browsers did with it. */
export const useProofStore = defineStore('proof', () => {
  const workspace = useWorkspaceStore()
  const scenarios = useScenarioStore()
  const mockServers = useMockServersStore()
  const runs = useRunStore()
  const browsers = useBrowsersStore()
  const toasts = useToastsStore()
  const proofs = ref<Record<string, Proof>>({})
  /** The request whose proof waits until somebody has decided what to do about an obstacle. */
  const held = ref<string | null>(null)

  const events = useEarlyEvents((proofId) => Object.values(proofs.value).find(({ asked }) => asked.includes(proofId)))

  const identity = computed(() =>
    JSON.stringify([scenarios.scenario, workspace.workspace.servers.map((server) => ({ ...server, name: '' }))]),
  )
  const last = computed(() => proofs.value[workspace.request?.id ?? ''])
  /** The last proof of the request that is shown, for as long as neither the request nor a server was changed since. */
  const current = computed<ProofView | null>(() => (last.value && last.value.of === identity.value ? viewOf(last.value) : null))
  const running = computed(() => last.value?.browsers.some(isOpen) ?? false)
  const obstacle = computed(() => {
    const { servers } = workspace.workspace
    return scenarios.predictions && obstacleTo(scenarios.predictions, servers, (id) => mockServers.states[id]?.port)
  })
  /** What holds up the proof of the request that is shown. */
  const holding = computed(() => (held.value !== null && held.value === workspace.request?.id ? obstacle.value : null))

  lab.on('proof.asking', (event) => told(event, (each) => Object.assign(each, { status: 'asking', askedAt: Date.now() })))
  lab.on('proof.observed', (event) =>
    told(event, (each) => Object.assign(each, { status: 'observed', observation: event.observation, took: event.took })),
  )
  lab.on('proof.failed', (event) =>
    told(event, (each) => fail(each, event.error === 'cancelled' ? cancelled(each.browser) : mishapText(event.error))),
  )
  lab.onConnection((connected) => {
    if (!connected) abandon()
  })

  return { current, running, holding, start, startAnyway, startServersAndProve, letGo, cancel, tryAgain, leaveOut, openWindow }

  /** Proves it at once; or asks first, where a browser would not get through to a server, or there is no browser. */
  async function start() {
    const { scenario } = scenarios
    if (!scenario || !scenarios.predictions || running.value) return
    if (browsers.taking.length === 0) browsers.open = true
    else if (obstacle.value) held.value = scenario.id
    else await startAnyway(false)
  }

  /** @param network whether requests may leave the machine for where no mock server answers. */
  async function startAnyway(network: boolean) {
    const { scenario } = scenarios
    held.value = null
    if (!scenario || running.value) return
    proofs.value[scenario.id] = {
      scenario,
      of: identity.value,
      startedAt: Date.now(),
      network,
      browsers: browsers.taking.map(untried),
      asked: [],
      unwanted: false,
    }
    const proof = proofs.value[scenario.id]
    if (proof) await ask(proof, proof.browsers)
  }

  async function startServersAndProve() {
    await Promise.all((obstacle.value?.stopped ?? []).map((server) => mockServers.start(server)))
    // A port may be taken: then that server is still in the way.
    if (!obstacle.value) await startAnyway(false)
  }

  function letGo() {
    held.value = null
  }

  async function tryAgain(id: string) {
    const proof = last.value
    const at = proof?.browsers.findIndex(({ browser }) => browser.id === id) ?? -1
    const tried = proof?.browsers[at]
    if (!proof || !tried || isOpen(tried)) return
    proof.browsers[at] = untried(tried.browser)
    proof.unwanted = false
    await ask(proof, proof.browsers.slice(at, at + 1))
  }

  /** From this proof and from those to come. */
  function leaveOut(id: string) {
    browsers.leaveOut(id)
    if (last.value) last.value.browsers = last.value.browsers.filter(({ browser }) => browser.id !== id)
  }

  async function ask(proof: Proof, those: readonly Told[]) {
    const { scenario, network } = proof
    try {
      const asked = await events.awaiting(async () => {
        const { proofId } = await lab.call('proof.start', { scenario, network, browsers: those.map(({ browser }) => browser.id) })
        proof.asked.push(proofId)
        return proofId
      })
      if (proof.unwanted) await stop(asked)
    } catch (error) {
      for (const each of those) fail(each, mishapText(toMishap(error)))
    }
  }

  async function cancel() {
    if (!last.value || !running.value) return
    last.value.unwanted = true
    await Promise.all(last.value.asked.map(stop))
  }

  /** What is over by now needs no cancelling; its end is told by an event. */
  async function stop(proofId: string) {
    await lab.call('proof.cancel', { proofId }).catch(() => undefined)
  }

  async function openWindow({ id, name }: Browser) {
    const { scenario } = scenarios
    if (!scenario) return
    try {
      await lab.call('proof.open-window', { scenario, browser: id, network: last.value?.network ?? false })
    } catch (error) {
      toasts.trouble(`${name} was not opened. ${mishapSentences(toMishap(error))}`)
    }
  }

  function told({ proofId, browser: id }: { proofId: string; browser: string }, change: (proof: Told) => void) {
    events.tell(proofId, ({ browsers: those }) => {
      const each = those.find(({ browser }) => browser.id === id)
      // What was left out, or is asked for anew, takes no news.
      if (each && isOpen(each)) change(each)
    })
  }

  /** Whoever asked the browsers is gone. */
  function abandon() {
    for (const { browsers: those } of Object.values(proofs.value))
      for (const each of those.filter(isOpen)) fail(each, mishapText({ code: 'no-host', details: {} }))
  }

  function viewOf({ scenario, startedAt, browsers: those }: Proof): ProofView {
    return {
      status: those.some(isOpen) ? 'running' : 'finished',
      startedAt,
      wait: proofWait(scenario),
      browsers: those.map((each) => ({
        ...each,
        agreement: each.observation && runs.predictions ? compare(runs.predictions[each.browser.engine], each.observation) : null,
      })),
    }
  }
})

const untried = (browser: Browser): Told => ({ browser, status: 'waiting', observation: null, trouble: null, askedAt: null, took: null })

const isOpen = ({ status }: Told): boolean => status === 'waiting' || status === 'asking'

const fail = (each: Told, trouble: MishapText): Told => Object.assign(each, { status: 'failed' as const, trouble })

const cancelled = ({ name }: Browser): MishapText => ({
  what: `${name} was not asked to the end.`,
  because: 'The proof was stopped.',
  next: 'Prove it again whenever you like.',
})
