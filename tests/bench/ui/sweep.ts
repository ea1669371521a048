import { bench } from '../../e2e/support/bench.ts'
import { longestTask, rounds, type Opener } from './opener.ts'

/** Another path, typed: every cell in all four engines is predicted anew at each letter. */
export async function measureSweep(open: Opener): Promise<void> {
  await open([], async (page) => {
    const { main, ...does } = bench(page)
    await does.find('ten thousand')
    await main.getByRole('grid').waitFor()
    const change = main.getByRole('button', { name: 'Change what is asked' })
    if (await change.isVisible()) await change.click()
    const measured: { taken: number; longest: number }[] = []
    for (let round = 0; round < rounds; round += 1) {
      await page.waitForTimeout(2000)
      await page.evaluate(watchSweep)
      await main.getByRole('textbox', { name: 'Path' }).press('End')
      for (const letter of 'abcde') await page.keyboard.press(letter, { delay: 30 })
      await page.waitForFunction(() => (window as unknown as { settled: () => boolean }).settled(), null, { polling: 200 })
      measured.push(await page.evaluate(() => (window as unknown as { told: () => { taken: number; longest: number } }).told()))
    }
    const [calmest, ...others] = measured.toSorted((a, b) => a.taken - b.taken)
    if (!calmest) return
    console.log(
      `sweep of 10000 cells in 4 engines: predicted ${calmest.taken.toFixed(0)} ms after the last letter (at most 1000), longest task while typing and until then ` +
        `${longestTask(Math.min(...measured.map(({ longest }) => longest)))} (none over 50 wanted); the calmest of ${rounds} rounds, in the others ${others.map(({ taken }) => taken.toFixed(0)).join(', ')} ms`,
    )
  })
}

/** In the page: once it is `settled()`, `told()` says when the progress last changed, counted from the last key, and the longest task. */
function watchSweep(): void {
  const progress = document.querySelector('.sweep-progress-text')
  if (!progress) throw new Error('There is no sweep')
  let [pressed, changed, longest] = [0, 0, 0]
  const tasks = new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) longest = Math.max(longest, duration)
  })
  tasks.observe({ type: 'longtask' })
  const onKey = ({ timeStamp }: KeyboardEvent) => (pressed = timeStamp)
  window.addEventListener('keydown', onKey, { capture: true })
  const texts = new MutationObserver(() => (changed = performance.now()))
  texts.observe(progress, { subtree: true, characterData: true, childList: true })
  const told = () => {
    tasks.disconnect()
    texts.disconnect()
    window.removeEventListener('keydown', onKey, { capture: true })
    return { taken: changed - pressed, longest }
  }
  // Nothing more for two seconds: all is predicted.
  const settled = () => changed > pressed && performance.now() - changed > 2000
  Object.assign(window, { told, settled })
}
