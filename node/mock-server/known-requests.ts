import type { Outcome } from './seen-exchange.ts'

/** A request that came before, with what it was answered. */
export interface KnownRequest {
  /** The whole answer, latin-1. */
  readonly answer: string
  /** Whether the connection may serve another after it. */
  readonly goesOn: boolean
  readonly outcome: Outcome
}

/** Bytes of requests and answers that are kept. */
const limit = 1024 * 1024
/** Bytes of a request with its answer; one that is longer comes too seldom. */
const limitOfOne = 16 * 1024
/** Places for requests that came once and are waited for again. */
const candidates = 256

/**
 * Most requests come more than once, to the byte, and the answer depends on nothing else: then it need not be made again. All are forgotten once
 * the server's definition is another.
 */
export class KnownRequests {
  readonly #known = new Map<string, KnownRequest>()
  /** Their hashes alone: what lives for a moment only is best for the garbage collector. */
  readonly #cameOnce = new Int32Array(candidates)
  #size = 0

  get(head: string): KnownRequest | undefined {
    return this.#known.get(head)
  }

  /** Whether a request that is not known seems to have come before, a short while ago: one that never comes again is not kept. */
  comesAgain(head: string): boolean {
    const hash = hashOf(head)
    const place = hash & (candidates - 1)
    const isKnown = this.#cameOnce[place] === hash
    this.#cameOnce[place] = hash
    return isKnown
  }

  /** @param head the whole request, latin-1: it has no body. */
  keep(head: string, known: KnownRequest): void {
    const size = head.length + known.answer.length
    if (size > limitOfOne) return
    if (this.#size + size > limit) this.forget()
    this.#known.set(head, known)
    this.#size += size
  }

  forget(): void {
    this.#known.clear()
    this.#size = 0
  }
}

function hashOf(text: string): number {
  let hash = text.length
  for (let index = 0; index < text.length; index++) hash = (Math.imul(hash, 31) + text.charCodeAt(index)) | 0
  return hash
}
