import * as v from 'valibot'
import type { Prediction } from '../lab/prediction.ts'
import { profileNames } from '../lab/prediction.ts'
import { Progress } from '../learn/progress.ts'
import { MockServer } from '../policy/mock-server.ts'
import type { SharedCache } from '../policy/shared-cache.ts'
import { Scenario } from '../scenario/scenario.ts'
import { Workspace } from '../scenario/workspace.ts'
import type { Browser, BrowserList } from './browsers.ts'
import type { ServerExchange } from './wire.ts'

interface Method<In extends v.GenericSchema, Out> {
  readonly input: In
  /** Only for the compiler: what the method answers. */
  readonly output?: Out
}
const method =
  <Out>() =>
  <In extends v.GenericSchema>(input: In): Method<In, Out> => ({ input })

export interface HostDescription {
  name: 'electron' | 'web'
  version: string
  platform: string
  /** Where the workspace lies. */
  workspaceFile: string
}

/** Whether a mock server runs. A server that never ran, or was stopped, has no state. */
export interface MockServerState {
  id: string
  /** The port it listens on. */
  port: number
  /** 127.0.0.1 and, where the machine has it, ::1; where the server is reachable from the network, 0.0.0.0 or `::` and the machine's own. */
  addresses: string[]
  /** Milliseconds since 1970. */
  startedAt: number
  /** Exchanges answered since the start. */
  hits: number
  /** Whether its exchanges are left out of the log. */
  logPaused?: boolean
}

/** The lab's certificate authority, and how a system or program is told to trust it. */
export interface LabCertificate {
  /** Where the certificate lies, for `curl --cacert`. */
  file: string
  pem: string
  /** SHA-256, as `A1:B2:…`. */
  fingerprint: string
  /** Milliseconds since 1970. */
  validUntil: number
  trust: { system: string; /** A command to copy, or a sentence to follow. */ steps: string[] }[]
}

export interface OpenedWorkspace {
  workspace: Workspace
  /** What could not be read, and where the unreadable file was kept: it is never overwritten. */
  trouble: string | null
}

/** How a run ended: what the browser of the chosen profile would have made of the answers that came. */
export interface RunResult {
  prediction: Prediction
  startedAt: number
  /** Milliseconds. */
  took: number
}

const ServerId = v.object({ id: v.string() })

/** Whether requests to hosts of the scenario that no mock server answers for go out to the network. Otherwise nothing leaves this machine. */
const Network = v.optional(v.boolean(), false)

/** Everything the renderer may ask of the lab. */
export const methods = {
  'host.describe': method<HostDescription>()(v.object({})),
  'workspace.read': method<OpenedWorkspace>()(v.object({})),
  'workspace.save': method<void>()(Workspace),
  /** What of the lessons is done. A file that cannot be read is kept aside, and counts for nothing. */
  'learn.read-progress': method<Progress>()(v.object({})),
  'learn.save-progress': method<void>()(Progress),
  'mock-server.list': method<MockServerState[]>()(v.object({})),
  'mock-server.start': method<MockServerState>()(MockServer),
  /** A changed name, policy or response holds from the next request on; a changed port from the next start on. A server that does not run: nothing happens. */
  'mock-server.update': method<void>()(MockServer),
  'mock-server.stop': method<void>()(ServerId),
  'mock-server.log': method<ServerExchange[]>()(ServerId),
  'mock-server.clear-log': method<void>()(ServerId),
  /** While its log is paused, a server answers and counts as ever, and keeps and tells of no exchange. */
  'mock-server.pause-log': method<void>()(v.object({ id: v.string(), paused: v.boolean() })),
  /** What the cache of the fault `no-vary-behind-a-cache` holds; empty for a server that does not run. */
  'mock-server.cache': method<SharedCache>()(ServerId),
  'mock-server.clear-cache': method<void>()(ServerId),
  /** Made at the first call, or when the first https server is started. `url` is what whoever is told is to open. */
  'certificate.describe': method<LabCertificate>()(v.object({ url: v.pipe(v.string(), v.url()) })),
  'run.start': method<{ runId: string }>()(
    v.object({
      scenario: Scenario,
      profile: v.picklist(profileNames),
      /** Milliseconds the whole run may take. */
      timeout: v.optional(v.pipe(v.number(), v.minValue(1), v.maxValue(600_000)), 30_000),
    }),
  ),
  'run.cancel': method<void>()(v.object({ runId: v.string() })),
  /** Looks anew: a browser may have been installed meanwhile. */
  'browser.list': method<BrowserList>()(v.object({})),
  /** A program that the user names; it is kept, and listed from then on. */
  'browser.add': method<Browser>()(v.object({ program: v.string() })),
  /** Runs the scenario in real browsers, each by itself; `proof.…` events tell how it goes. */
  'proof.start': method<{ proofId: string }>()(
    v.object({
      scenario: Scenario,
      /** Their ids; all that are found, unless given. */
      browsers: v.optional(v.array(v.string())),
      network: Network,
    }),
  ),
  'proof.cancel': method<void>()(v.object({ proofId: v.string() })),
  /** Runs it once in a window that the user sees, with developer tools; the window is the user's to close. Answers when it is open. */
  'proof.open-window': method<void>()(v.object({ scenario: Scenario, browser: v.string(), network: Network })),
} as const

export type MethodName = keyof typeof methods
/** What a caller may pass: defaults may be left out. */
export type Input<K extends MethodName> = v.InferInput<(typeof methods)[K]['input']>
/** What the service receives: parsed, defaults filled in. */
export type ParsedInput<K extends MethodName> = v.InferOutput<(typeof methods)[K]['input']>
export type Output<K extends MethodName> = (typeof methods)[K] extends Method<v.GenericSchema, infer Out> ? Out : never

/** Implemented once, in node/lab.ts. */
export type LabService = { [K in MethodName]: (input: ParsedInput<K>) => Promise<Output<K>> }

export const isMethodName = (name: unknown): name is MethodName => typeof name === 'string' && Object.hasOwn(methods, name)
