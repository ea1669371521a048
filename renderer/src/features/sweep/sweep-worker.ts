import { predictRow } from '#shared/lab/sweep/verdicts'
import type { SweepJob, SweepRows } from './sweep-job.ts'

/** Milliseconds of work before rows are sent and a newer job is heard of. */
const slice = 40

let newest = 0

addEventListener('message', ({ data }: MessageEvent<SweepJob>) => {
  newest = data.job
  work(data, data.share.at)
})

function work(job: SweepJob, from: number): void {
  if (job.job !== newest) return
  const rows: SweepRows['rows'][number][] = []
  const until = performance.now() + slice
  let at = from
  for (; at < job.sweep.origins.length && performance.now() < until; at += job.share.of) {
    const origin = job.sweep.origins[at] ?? ''
    rows.push({
      at,
      cells: predictRow(job.sweep, job.server, origin),
      baseline: job.baseline === null ? null : predictRow(job.sweep, job.baseline, origin),
    })
  }
  postMessage({ job: job.job, rows } satisfies SweepRows)
  if (at < job.sweep.origins.length) setTimeout(() => work(job, at))
}
