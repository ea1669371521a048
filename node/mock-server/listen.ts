import { createServer, type Server, type Socket } from 'node:net'
import { networkInterfaces } from 'node:os'
import { LabError } from '#shared/contract/errors'
import { LendingSocket } from './lending-socket.ts'
import { holderOf } from './port-holder.ts'

/** A listener at one port, on two addresses or more. */
export interface Listener {
  readonly port: number
  readonly addresses: readonly string[]
  /** Closes the port and every connection. */
  close(): Promise<void>
}

/** `localhost` means 127.0.0.1 to some clients and ::1 to others, so both are listened on. */
const loopback = ['127.0.0.1', '::1'] as const
const everywhere = ['0.0.0.0', '::'] as const
type Hosts = typeof loopback | typeof everywhere

/**
 * Listens on loopback, or on all of the machine's addresses.
 * @param port 0 for one that is free on both.
 * @throws LabError port-in-use, port-not-permitted, port-out-of-range
 */
export async function listen(port: number, fromNetwork: boolean, onConnection: (socket: Socket) => void): Promise<Listener> {
  if (!Number.isInteger(port) || port < 0 || port > 65535) throw new LabError('port-out-of-range', { port })
  const sockets = new Set<Socket>()
  const accept = (accepted: Socket): void => {
    const socket = LendingSocket.takeOver(accepted)
    sockets.add(socket)
    // Told to whoever reads or writes; without a listener it would end the process.
    socket.on('error', () => undefined)
    socket.once('close', () => sockets.delete(socket))
    onConnection(socket)
  }
  const servers = await openBoth(fromNetwork ? everywhere : loopback, port, accept).catch(async (error: unknown) => {
    throw await mishapOf(error, port)
  })
  return {
    port: portOf(servers[0]),
    addresses: fromNetwork ? ownAddresses() : servers.map(addressOf),
    close: async () => {
      const closed = servers.map(close)
      for (const socket of sockets) socket.destroy()
      await Promise.all(closed)
    },
  }
}

/** Why a port could not be listened on; any other error as it is. */
export async function mishapOf(error: unknown, port: number): Promise<unknown> {
  const code = codeOf(error)
  if (code === 'EADDRINUSE') return new LabError('port-in-use', { port, free: await freePortAfter(port), holder: await holderOf(port) })
  // 8080 for 80, 8443 for 443: what people use instead.
  if (code === 'EACCES') return new LabError('port-not-permitted', { port, free: await freePortAfter(port < 1024 ? port + 7999 : port) })
  return error
}

/** A port that was free on both a moment ago: one of the fifty after `port`, or else any. */
async function freePortAfter(port: number): Promise<number | null> {
  for (const candidate of [...Array.from({ length: 50 }, (_, index) => port + 1 + index), 0]) {
    const servers = candidate > 65535 ? null : await openBoth(loopback, candidate, (socket) => socket.destroy()).catch(() => null)
    if (servers === null) continue
    const free = portOf(servers[0])
    await Promise.all(servers.map(close))
    return free
  }
  return null
}

type Servers = [Server, ...Server[]]

async function openBoth([ipv4, ipv6]: Hosts, port: number, onConnection: (socket: Socket) => void): Promise<Servers> {
  // A port that the system calls free on 127.0.0.1 may be taken on ::1; then it is asked for another.
  for (let tries = port === 0 ? 20 : 1; ; tries--) {
    const first = await open(ipv4, port, onConnection)
    try {
      return [first, await open(ipv6, portOf(first), onConnection)]
    } catch (error) {
      if (codeOf(error) === 'EADDRNOTAVAIL' || codeOf(error) === 'EAFNOSUPPORT') return [first]
      await close(first)
      if (tries === 1) throw error
    }
  }
}

function open(host: string, port: number, onConnection: (socket: Socket) => void): Promise<Server> {
  const server = createServer({ allowHalfOpen: true, noDelay: true }, onConnection)
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen({ host, port, exclusive: true, ipv6Only: true, backlog: 1024 }, () => {
      server.off('error', reject)
      // A connection that could not be accepted is that client's trouble.
      server.on('error', () => undefined)
      resolve(server)
    })
  })
}

/** Loopback first. */
const ownAddresses = (): string[] =>
  Object.values(networkInterfaces())
    .flatMap((each) => each ?? [])
    .sort((a, b) => Number(b.internal) - Number(a.internal))
    .map(({ address }) => address)

const close = (server: Server): Promise<void> => new Promise((resolve) => server.close(() => resolve()))
const addressOf = (server: Server): string => {
  const address = server.address()
  return typeof address === 'object' ? (address?.address ?? '') : ''
}
const portOf = (server: Server): number => {
  const address = server.address()
  return typeof address === 'object' ? (address?.port ?? 0) : 0
}
const codeOf = (error: unknown): string | undefined => (error instanceof Error ? (error as NodeJS.ErrnoException).code : undefined)
