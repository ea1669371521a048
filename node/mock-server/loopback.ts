import type { Socket } from 'node:net'
import { listen, type Listener } from './listen.ts'

export { mishapOf, type Listener as LoopbackListener } from './listen.ts'

/**
 * Listens on 127.0.0.1 and, where the machine has it, on ::1; never anything beyond loopback.
 * @param port 0 for one that is free on both.
 * @throws LabError port-in-use, port-not-permitted, port-out-of-range
 */
export const listenOnLoopback = (port: number, onConnection: (socket: Socket) => void): Promise<Listener> =>
  listen(port, false, onConnection)
