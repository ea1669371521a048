import type { Events } from '#shared/contract/events'

type Listener = (payload: unknown) => void

/** Who wants to hear of which event. */
export function createListeners() {
  const byEvent = new Map<string, Set<Listener>>()

  return { on, tell }

  function on<E extends keyof Events>(event: E, listener: (payload: Events[E]) => void): () => void {
    // A set per event name: whoever tells an event hands over that event's payload.
    const untyped = listener as Listener
    const listeners = byEvent.get(event) ?? new Set()
    byEvent.set(event, listeners.add(untyped))
    return () => listeners.delete(untyped)
  }

  function tell(event: string, payload: unknown) {
    for (const listener of byEvent.get(event) ?? []) listener(payload)
  }
}
