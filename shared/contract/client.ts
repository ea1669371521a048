import type { Events } from './events.ts'
import type { Input, MethodName, Output } from './methods.ts'

/** What a transport gives the renderer. A call that the lab refuses rejects with a `LabError`. */
export interface LabClient {
  call<K extends MethodName>(method: K, input: Input<K>): Promise<Output<K>>
  /** Returns the function that stops listening. */
  on<E extends keyof Events>(event: E, listener: (payload: Events[E]) => void): () => void
  /** Whether a host can be reached now; tells of every change. Returns the function that stops telling. */
  onConnection(listener: (connected: boolean) => void): () => void
}
