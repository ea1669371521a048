import { mishapSentences } from '#shared/contract/mishap-text'
import type { MockServerState } from '#shared/contract/methods'
import type { ServerExchange } from '#shared/contract/wire'
import { plain } from '#shared/lab/prose'
import type { ScriptVerdict } from '#shared/lab/served/script-verdict'
import type { MockServer } from '#shared/policy/mock-server'
import { originsOf } from '#shared/policy/server-at'
import { forTerminal } from './for-terminal.ts'
import type { ServedFileListener } from './served-file.ts'

/** What `corslab serve` prints: a line for a person, or an object for a program. */
export function serveEvents(json: boolean): ServedFileListener {
  const { exchange: print, ...events } = json ? asObjects : inWords
  let last: Promise<void> = Promise.resolve()
  return {
    ...events,
    // In their order, whichever has to wait for the engine.
    exchange: (server, exchange) => {
      last = last.then(async () => print(server, exchange, exchange.origin === null ? null : await judged(server, exchange)))
    },
  }
}

/** The engine is loaded when the first page asks: a server that starts does not wait for it. */
async function judged(server: MockServer, exchange: ServerExchange): Promise<ScriptVerdict | null> {
  const { verdictOf } = await import('./verdict-of.ts')
  return verdictOf(server, exchange)
}

interface Printer extends Omit<ServedFileListener, 'exchange'> {
  readonly exchange: (server: MockServer, exchange: ServerExchange, verdict: ScriptVerdict | null) => void
}

const asObjects: Printer = {
  listening: (server, { port, addresses }) =>
    put({ event: 'listening', ...named(server), port, addresses, origins: originsOf(server, port) }),
  stopped: (server) => put({ event: 'stopped', ...named(server) }),
  exchange: (server, exchange, verdict) => {
    const { kind, method, target, origin, status, route = null, handled, startedAt, endedAfter, trouble = null } = exchange
    const asked = { kind, method, target, origin, status, route, handled, startedAt, took: endedAfter, trouble }
    put({ event: 'request', ...named(server), ...asked, verdict })
  },
  reloaded: (file, servers) => put({ event: 'reloaded', file, servers }),
  trouble: (error) => put({ event: 'trouble', ...error.toJSON(), text: mishapSentences(error) }),
}

const inWords: Printer = {
  listening: (server, state) => say(`${server.name} is at ${whereabouts(server, state)}`),
  stopped: ({ name }) => say(`${name} was stopped: the file does not have it any more.`),
  exchange: ({ name }, exchange, verdict) => say(`${timeOf(exchange)}  ${name}  ${asLine(exchange, verdict)}`),
  reloaded: (file, count) => say(`${file} was read again: ${count === 1 ? 'one server' : `${count} servers`}.`),
  trouble: (error) => console.error(forTerminal(mishapSentences(error))),
}

const named = ({ id, name }: MockServer) => ({ server: id, name })
const put = (event: object): void => console.log(JSON.stringify(event))
const say = (line: string): void => console.log(forTerminal(line))

const whereabouts = (server: MockServer, { port, addresses }: MockServerState): string =>
  [
    originsOf(server, port).join(', '),
    ...(server.reachableFromNetwork ? [`and reachable from the network, at ${addresses.join(', ')}`] : []),
  ].join(' ')

const timeOf = ({ startedAt }: ServerExchange): string => new Date(startedAt).toTimeString().slice(0, 8)

function asLine({ kind, method, target, origin, status, trouble }: ServerExchange, verdict: ScriptVerdict | null): string {
  return [
    ...(method === '' ? [] : [`${method} ${target}`]),
    status === null ? 'no answer' : String(status),
    ...(kind === 'preflight' ? ['preflight'] : []),
    ...(origin === null ? [] : [`from ${origin}`]),
    ...(verdict === null ? [] : [`${verdict.short}: ${plain(verdict.cause)}`]),
    ...(trouble === undefined ? [] : [trouble]),
  ].join('  ')
}
