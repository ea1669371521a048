import { fire } from './autocannon.ts'
import { memoryOf, startSubject, stopSubject } from './subjects.ts'

const requests = 200_000
/** MiB */
const target = 30

/** What the lab's process takes after so many requests, above what it took when it was idle. */
export async function memoryAbove(): Promise<string[]> {
  const lab = await startSubject('the lab', 'lab')
  const idle = await memoryOf(lab)
  await fire(lab.port, 'GET', { amount: requests })
  const after = await memoryOf(lab)
  await stopSubject(lab)
  const [heap, resident] = [mebibytes(after.heap - idle.heap), mebibytes(after.resident - idle.resident)]
  console.log(
    `After ${requests} requests: ${resident.toFixed(1)} MiB above idle, ${heap.toFixed(1)} of them in use; to stay within: ${target}`,
  )
  return resident <= target ? [] : [`After ${requests} requests: ${resident.toFixed(1)} MiB above idle, not ${target}`]
}

const mebibytes = (bytes: number): number => bytes / 1024 / 1024
