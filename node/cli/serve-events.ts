import type { LabError } from '#shared/contract/errors'
import { mishapText } from '#shared/contract/mishap-text'
import type { MockServerState } from '#shared/contract/methods'
import type { ServerExchange } from '#shared/contract/wire'
import type { MockServer } from '#shared/policy/mock-server'
import { originsOf } from '#shared/policy/server-at'
import { forTerminal } from './for-terminal.ts'
import type { ServedFileListener } from './served-file.ts'

/** What `corslab serve` prints: a line for a person, or an object for a program. */
export function serveEvents(json: boolean): ServedFileListener {
  return json ? asObjects : inWords
}

const asObjects: ServedFileListener = {
  listening: (server, { port, addresses }) =>
    put({ event: 'listening', ...named(server), port, addresses, origins: originsOf(server, port) }),
  stopped: (server) => put({ event: 'stopped', ...named(server) }),
  exchange: (server, { kind, method, target, origin, status, route = null, handled, startedAt, endedAfter, trouble = null }) =>
    put({ event: 'request', ...named(server), kind, method, target, origin, status, route, handled, startedAt, took: endedAfter, trouble }),
  reloaded: (file, servers) => put({ event: 'reloaded', file, servers }),
  trouble: (error) => put({ event: 'trouble', ...error.toJSON(), text: textOf(error) }),
}

const inWords: ServedFileListener = {
  listening: (server, state) => say(`${server.name} is at ${whereabouts(server, state)}`),
  stopped: ({ name }) => say(`${name} was stopped: the file does not have it any more.`),
  exchange: ({ name }, exchange) => say(`${timeOf(exchange)}  ${name}  ${asLine(exchange)}`),
  reloaded: (file, count) => say(`${file} was read again: ${count === 1 ? 'one server' : `${count} servers`}.`),
  trouble: (error) => console.error(forTerminal(textOf(error))),
}

const named = ({ id, name }: MockServer) => ({ server: id, name })
const put = (event: object): void => console.log(JSON.stringify(event))
const say = (line: string): void => console.log(forTerminal(line))

function textOf(error: LabError): string {
  const { what, because, next } = mishapText(error)
  return `${what} ${because} ${next}`
}

const whereabouts = (server: MockServer, { port, addresses }: MockServerState): string =>
  [
    originsOf(server, port).join(', '),
    ...(server.reachableFromNetwork ? [`and reachable from the network, at ${addresses.join(', ')}`] : []),
  ].join(' ')

const timeOf = ({ startedAt }: ServerExchange): string => new Date(startedAt).toTimeString().slice(0, 8)

function asLine({ kind, method, target, origin, status, trouble }: ServerExchange): string {
  return [
    ...(method === '' ? [] : [`${method} ${target}`]),
    status === null ? 'no answer' : String(status),
    ...(kind === 'preflight' ? ['preflight'] : []),
    ...(origin === null ? [] : [`from ${origin}`]),
    ...(trouble === undefined ? [] : [trouble]),
  ].join('  ')
}
