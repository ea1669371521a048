import type { SweepJob, SweepRows } from './sweep-job.ts'

/** More would have each of them learn the same code for a share that is soon done. */
const most = 4

/** Shares out the rows of a sweep among workers, one for each processor. They are started with the first job, and kept. */
export function sweepWorkers(hear: (told: SweepRows) => void): (job: Omit<SweepJob, 'share'>) => void {
  let workers: readonly Worker[] | null = null
  return (job) => {
    workers ??= Array.from({ length: Math.min(navigator.hardwareConcurrency, most) }, started)
    for (const [at, worker] of workers.entries()) worker.postMessage({ ...job, share: { at, of: workers.length } } satisfies SweepJob)
  }

  function started(): Worker {
    const worker = new Worker(new URL('./sweep-worker.ts', import.meta.url), { type: 'module' })
    worker.addEventListener('message', ({ data }: MessageEvent<SweepRows>) => hear(data))
    return worker
  }
}
