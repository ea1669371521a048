import type { Socket } from 'node:net'

/** Waits so many milliseconds, or until the connection is closed. */
export function pause(milliseconds: number, socket: Socket): Promise<void> {
  return new Promise((resolve) => {
    const settle = () => {
      clearTimeout(timer)
      socket.off('close', settle)
      resolve()
    }
    const timer = setTimeout(settle, milliseconds)
    socket.on('close', settle)
  })
}
