import type { LabClient } from '#shared/contract/client'
import type { Events } from '#shared/contract/events'
import type { Input, MethodName, Output } from '#shared/contract/methods'
import { createListeners } from '../../lab-client/listeners.ts'

type Answers = { [K in MethodName]?: (input: Input<K>) => Output<K> | Promise<Output<K>> }

/** A lab whose answers a test decides, and which it can make tell events and lose its host. Everything that crosses is copied, as by a transport. */
export function fakeLab() {
  const listeners = createListeners()
  const watchers = new Set<(connected: boolean) => void>()
  let connected = false
  const calls: { name: MethodName; input: unknown }[] = []
  const answers: Answers = {}

  const lab: LabClient = {
    async call(name, input) {
      const copy = JSON.parse(JSON.stringify(input)) as typeof input
      calls.push({ name, input: copy })
      const answer = answers[name] as ((given: typeof input) => Output<typeof name> | Promise<Output<typeof name>>) | undefined
      if (!answer) return undefined as Output<typeof name>
      return answer(copy)
    },
    on: listeners.on,
    onConnection(watcher) {
      watchers.add(watcher)
      watcher(connected)
      return () => watchers.delete(watcher)
    },
  }

  return {
    lab,
    answers,
    calls,
    called: (name: MethodName) => calls.filter((call) => call.name === name).map(({ input }) => input),
    tell: <E extends keyof Events>(event: E, payload: Events[E]) => listeners.tell(event, payload),
    connect(now: boolean) {
      connected = now
      for (const watcher of watchers) watcher(now)
    },
  }
}
