import { dirname, join } from 'node:path'
import type { Emit } from '#shared/contract/events'
import type { HostDescription, LabService } from '#shared/contract/methods'
import { Certificates } from '#node/certificates/certificates'
import { MockServers } from '#node/mock-server/mock-servers'
import { Runs } from '#node/runner/runs'
import { progressIn } from '#node/store/progress'
import { workspaceIn } from '#node/store/workspace'
import { Browsers } from '#node/verifiers/browsers'
import { Proofs, type OwnBrowser } from '#node/verifiers/proofs'

export interface LabParts {
  readonly name: HostDescription['name']
  readonly version: string
  /** Where the workspace lies, or will lie: a JSON file in the app's data folder. */
  readonly workspaceFile: string
  /** Is told of errors nobody foresaw; the host's log by default. */
  readonly report?: (error: unknown) => void
  /** The browser that the host itself is made of, where it is one. */
  readonly ownBrowser?: OwnBrowser
}

export interface Lab {
  readonly service: LabService
  /** Returns the function that stops telling. */
  emitTo(emit: Emit): () => void
  /** Keeps the pages under proof from a port of this machine, for the lab's own interface is there. */
  hide(port: number): void
  /** Stops every server, every run and every browser. */
  close(): Promise<void>
}

/** The one service, whoever the host is. */
export function createLab({ name, version, workspaceFile, report = console.error, ownBrowser }: LabParts): Lab {
  const listeners = new Set<Emit>()
  const emit: Emit = (event, payload) => {
    for (const listener of listeners) listener(event, payload)
  }
  const workspace = workspaceIn(workspaceFile)
  const folder = dirname(workspaceFile)
  const progress = progressIn(folder, report)
  const certificates = new Certificates(folder)
  const mockServers = new MockServers(emit, {
    contextFor: (host) => certificates.secureContextFor(host),
    // A folder of its own: beside it lies the key of the lab's authority.
    filesFolder: join(folder, 'files'),
  })
  const serverOf = async (url: URL) => {
    const found = mockServers.at(url)
    if (found === undefined) return undefined
    const address = { host: '127.0.0.1', port: found.port }
    return url.protocol === 'https:' ? { ...address, trust: await certificates.trustingContext() } : address
  }
  const runs = new Runs(emit, report, { certificates, serverOf })
  const hidden = new Set<number>()
  const browsers = new Browsers(folder)
  const proofs = new Proofs({
    browsers,
    own: ownBrowser ?? null,
    emit,
    proxy: {
      mockServerAt: (url) => {
        const found = mockServers.at(url)
        return found === undefined ? null : { host: null, port: found.port, secure: url.protocol === 'https:' }
      },
      isOwnPort: (port) => hidden.has(port),
      secureContextFor: (host) => certificates.secureContextFor(host),
      log: report,
    },
  })

  const service: LabService = {
    'host.describe': atOnce(() => ({ name, version, platform: process.platform, workspaceFile })),
    'workspace.read': () => workspace.read(),
    'workspace.save': (changed) => workspace.save(changed),
    'learn.read-progress': () => progress.read(),
    'learn.save-progress': (changed) => progress.save(changed),
    'mock-server.list': atOnce(() => mockServers.list()),
    'mock-server.start': (definition) => mockServers.start(definition),
    'mock-server.update': atOnce((definition) => mockServers.update(definition)),
    'mock-server.stop': ({ id }) => mockServers.stop(id),
    'mock-server.log': atOnce(({ id }) => mockServers.log(id)),
    'mock-server.clear-log': atOnce(({ id }) => mockServers.clearLog(id)),
    'mock-server.pause-log': atOnce(({ id, paused }) => mockServers.pauseLog(id, paused)),
    'mock-server.cache': atOnce(({ id }) => mockServers.cache(id)),
    'mock-server.clear-cache': atOnce(({ id }) => mockServers.clearCache(id)),
    'certificate.describe': ({ url }) => certificates.describe(url),
    'run.start': atOnce((input) => ({ runId: runs.start(input) })),
    'run.cancel': atOnce(({ runId }) => runs.cancel(runId)),
    'browser.list': () => proofs.list(),
    'browser.add': ({ program }) => browsers.add(program),
    'proof.start': async (input) => ({ proofId: await proofs.start(input) }),
    'proof.cancel': atOnce(({ proofId }) => proofs.cancel(proofId)),
    'proof.open-window': (input) => proofs.openWindow(input),
  }

  return {
    service,
    emitTo: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    hide: (port) => void hidden.add(port),
    close: async () => {
      runs.cancelAll()
      await Promise.all([mockServers.stopAll(), proofs.close()])
    },
  }
}

/** Answers a call that has nothing to wait for. */
const atOnce =
  <In, Out>(call: (input: In) => Out) =>
  (input: In): Promise<Out> =>
    new Promise((resolve) => resolve(call(input)))
