import type { LabClient } from '#shared/contract/client'
import type { Reply } from '#shared/contract/dispatch'
import { LabError } from '#shared/contract/errors'
import type { Output } from '#shared/contract/methods'
import { createListeners } from './listeners.ts'
import { unwrap } from './reply.ts'

type Frame = { id: number; reply: Reply } | { event: string; payload: unknown }

/** Milliseconds before the n-th attempt to reconnect: 100, 200, 400 … and 2000 from then on. */
export const backOff = (attempt: number): number => Math.min(2000, 100 * 2 ** attempt)

/** Talks to the web host's bridge. A lost connection is taken up again for ever; what was asked meanwhile is refused at once. */
export function webSocketClient(url: string): LabClient & { close: () => void } {
  const listeners = createListeners()
  const pending = new Map<number, { resolve: (reply: Reply) => void; reject: (error: LabError) => void }>()
  const watchers = new Set<(connected: boolean) => void>()
  let socket: WebSocket
  let connected = false
  let attempts = 0
  let lastId = 0
  let retry: ReturnType<typeof setTimeout> | undefined
  let closed = false
  connect()

  return {
    async call(name, input) {
      const reply = await new Promise<Reply>((resolve, reject) => {
        if (!connected) {
          reject(new LabError('no-host', {}))
          return
        }
        const id = ++lastId
        pending.set(id, { resolve, reject })
        socket.send(JSON.stringify({ id, name, input }))
      })
      return unwrap(reply) as Output<typeof name>
    },
    on: listeners.on,
    onConnection(listener) {
      watchers.add(listener)
      listener(connected)
      return () => watchers.delete(listener)
    },
    close() {
      closed = true
      clearTimeout(retry)
      socket.close()
    },
  }

  function connect() {
    socket = new WebSocket(url)
    socket.onopen = () => {
      attempts = 0
      tellConnection(true)
    }
    socket.onmessage = (message) => {
      if (typeof message.data === 'string') receive(JSON.parse(message.data) as Frame)
    }
    // An error is always followed by a close.
    socket.onclose = () => {
      for (const { reject } of pending.values()) reject(new LabError('no-host', {}))
      pending.clear()
      tellConnection(false)
      if (!closed) retry = setTimeout(connect, backOff(attempts++))
    }
  }

  function receive(frame: Frame) {
    if ('event' in frame) {
      listeners.tell(frame.event, frame.payload)
      return
    }
    pending.get(frame.id)?.resolve(frame.reply)
    pending.delete(frame.id)
  }

  function tellConnection(now: boolean) {
    if (now === connected) return
    connected = now
    for (const watcher of watchers) watcher(now)
  }
}
