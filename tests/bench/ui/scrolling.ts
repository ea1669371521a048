import { Agent, request as send } from 'node:http'
import { bench } from '../../e2e/support/bench.ts'
import { longestTask, rounds, type Opener } from './opener.ts'

const rows = 10_000

export async function measureScrolling(open: Opener, port: number): Promise<void> {
  await open([], async (page) => {
    const does = bench(page)
    await does.find('two hundred')
    await does.startServer()
    await ask(port, rows)
    await page.reload()
    await does.main.getByText(`${rows} exchanges`).waitFor({ timeout: 60_000 })
    await page.waitForTimeout(1000)
    const longest: number[] = []
    for (let round = 0; round < rounds; round += 1) longest.push(await page.evaluate(scrollThroughLog))
    const [calmest = 0, ...others] = longest.toSorted((a, b) => a - b)
    console.log(
      `${rows} log rows scrolled from end to end and in leaps: longest task ${longestTask(calmest)} (none over 50 wanted); ` +
        `the calmest of ${rounds} rounds, in the others ${others.map(longestTask).join(', ')}`,
    )
  })
}

/** In the page: the longest task in milliseconds, 0 where none was over 50; the browser tells of no others. */
async function scrollThroughLog(): Promise<number> {
  const scroller = document.querySelector('.log-table')?.parentElement
  if (!scroller) throw new Error('There is no log')
  let longest = 0
  const observer = new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) longest = Math.max(longest, duration)
  })
  observer.observe({ type: 'longtask' })
  const frame = () => new Promise(requestAnimationFrame)
  // A hand on the bar: through all of it in ten seconds, then leaps.
  for (let n = 0; n < 600; n += 1) {
    scroller.scrollTop = (n / 600) * scroller.scrollHeight
    await frame()
  }
  for (let n = 0; n < 60; n += 1) {
    scroller.scrollTop = (((n * 7919) % 1000) / 1000) * scroller.scrollHeight
    await frame()
  }
  await new Promise((resolve) => setTimeout(resolve, 200))
  observer.disconnect()
  return longest
}

/** Requests to the mock server, sixteen at a time. */
async function ask(port: number, count: number): Promise<void> {
  const agent = new Agent({ keepAlive: true, maxSockets: 16 })
  let left = count
  const worker = async () => {
    while (left-- > 0)
      await new Promise<void>((resolve, reject) => {
        send({ agent, port, host: '127.0.0.1', path: `/orders/${left}`, headers: { Origin: 'https://app-1.example.com' } }, (response) => {
          response.resume().on('end', resolve)
        })
          .on('error', reject)
          .end()
      })
  }
  await Promise.all(Array.from({ length: 16 }, worker))
  agent.destroy()
}
