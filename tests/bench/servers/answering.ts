/** Loaded into every process under measurement, before its own code: answers what whoever started it asks. */

export type Question = 'memory' | 'time'

export interface Memory {
  /** Bytes, after everything that is garbage was collected. */
  readonly heap: number
  readonly resident: number
}

process.on('message', (question: Question) => {
  if (question === 'memory') {
    globalThis.gc?.()
    const { heapUsed, external, rss } = process.memoryUsage()
    process.send?.({ heap: heapUsed + external, resident: rss } satisfies Memory)
  } else {
    // Microseconds since the start.
    const { user, system } = process.cpuUsage()
    process.send?.(user + system)
  }
})
process.on('disconnect', () => process.exit())
