/** What all servers under measurement answer: the same status, headers and body, to a page that may read them. */
export const page = 'http://localhost:5173'
export const path = '/orders'
export const body = '{"orders":[{"id":17,"status":"open"},{"id":18,"status":"shipped"}]}'
export const allowed = {
  methods: ['GET', 'PUT', 'PATCH', 'DELETE'],
  headers: ['content-type', 'x-api-key'],
  exposed: ['X-Total-Count'],
  maxAge: 600,
}

/** What a subject's process is asked. */
export type Question = 'memory' | 'time'

/** Microseconds of processor time since the start. */
export interface Time {
  readonly spent: number
}
export interface Memory {
  /** Bytes, after everything that is garbage was collected. */
  readonly heap: number
  readonly resident: number
}

/** Tells whoever started this process that the server listens, and answers questions from then on. */
export function ready(port: number): void {
  process.on('message', (question: Question) => {
    if (question === 'time') {
      const { user, system } = process.cpuUsage()
      process.send?.({ spent: user + system } satisfies Time)
      return
    }
    globalThis.gc?.()
    const { heapUsed, external, rss } = process.memoryUsage()
    process.send?.({ heap: heapUsed + external, resident: rss } satisfies Memory)
  })
  process.on('disconnect', () => process.exit())
  if (process.send) process.send({ port })
  else console.log(`http://localhost:${port}`)
}
