import type { Browser, Page } from '@playwright/test'
import { bench } from '../../e2e/support/bench.ts'
import { keyLatencies } from './key-latencies.ts'
import { rounds, type Opener } from './opener.ts'

const keystrokes = 100

/**
 * Letters typed into the URL, each of which changes what the diagram says: from the key to the frame on the screen that shows it, as the browser itself
 * keeps account of it. Frames come as fast as they are made, or as to a screen of 60 Hz, for which they wait up to 16.7 ms.
 */
export async function measureTyping(open: Opener): Promise<void> {
  const all = await typedRounds(open, ['--disable-frame-rate-limit', '--disable-gpu-vsync'])
  const [calmest] = all
  if (!calmest) return
  const others = all.slice(1).map(({ p95 }) => p95.toFixed(1))
  console.log(
    `keystroke to painted prediction: 95 of a hundred within ${calmest.p95.toFixed(1)} ms (at most 16), half within ${calmest.half.toFixed(1)} ms, ` +
      `of which ${calmest.work.toFixed(1)} ms until the page is as it will be and ${(calmest.half - calmest.work).toFixed(1)} ms to bring it to the screen; ` +
      `${keystrokes} keystrokes, 40 headers, 200 origins; the calmest of ${rounds} rounds, 95 of a hundred in the others within ${others.join(', ')} ms`,
  )
  const [at60Hz] = await typedRounds(open, [])
  if (at60Hz)
    console.log(
      `… with the wait for a screen of 60 Hz: 95 of a hundred within ${at60Hz.p95.toFixed(1)} ms, half within ${at60Hz.half.toFixed(1)} ms`,
    )
}

interface Round {
  /** Milliseconds. */
  readonly p95: number
  readonly half: number
  /** Half of the keys were dealt with by the page within that. */
  readonly work: number
}

/** The calmest first: what other programs do to a machine is no measure of this one. */
async function typedRounds(open: Opener, args: string[]): Promise<Round[]> {
  const measured: Round[] = []
  await open(args, async (page, browser) => {
    const { exchange, ...does } = bench(page)
    await does.find('forty headers')
    await exchange.getByText('PUT').first().waitFor()
    await page.keyboard.press('Control+l')
    await page.keyboard.press('End')
    await seeEveryFrame(page)
    for (let round = 0; round < rounds; round += 1) measured.push(await typed(page, browser))
  })
  return measured.toSorted((a, b) => a.p95 - b.p95)
}

/** The frame after a key shows the prediction for what the URL is then; one that did not would be no measure of anything. */
async function seeEveryFrame(page: Page): Promise<void> {
  await page.evaluate(watchFrames)
  for (let n = 0; n < 20; n += 1) await press(page, n)
  const { seen, stale } = await page.evaluate(() => (window as unknown as { watched: () => Watched }).watched())
  if (seen === 0 || stale.length > 0)
    throw new Error(`Of ${seen} frames after a key, these did not show its prediction: ${stale.join(', ')}`)
}

interface Watched {
  readonly seen: number
  /** Paths that the diagram did not show in the first frame after they were typed. */
  readonly stale: string[]
}

/** In the page: until `watched()` is asked. */
function watchFrames(): void {
  const stale: string[] = []
  let seen = 0
  const onInput = ({ target }: Event) =>
    requestAnimationFrame(() => {
      const { pathname } = new URL((target as HTMLInputElement).value)
      const shown = [...document.querySelectorAll('.xd-rows .m-label')].map((label) => label.textContent)
      if (!shown.includes(`PUT ${pathname}`)) stale.push(pathname)
      seen += 1
    })
  window.addEventListener('input', onInput, { capture: true })
  const watched = () => {
    window.removeEventListener('input', onInput, { capture: true })
    return { seen, stale }
  }
  Object.assign(window, { watched })
}

async function typed(page: Page, browser: Browser): Promise<Round> {
  await browser.startTracing(page, { categories: ['input.scrolling'] })
  for (let n = 0; n < keystrokes; n += 1) await press(page, n)
  const latencies = keyLatencies(String(await browser.stopTracing()))
  if (latencies.length < keystrokes * 0.95)
    throw new Error(`The browser told of ${latencies.length} keys that were painted, not of ${keystrokes}`)
  const totals = latencies.map(({ total }) => total)
  return {
    p95: at(totals, 0.95),
    half: at(totals, 0.5),
    work: at(
      latencies.map(({ work }) => work),
      0.5,
    ),
  }
}

/** A letter, or the way back, so that the URL stays short; then a pause, as between the keys of somebody who types fast. */
async function press(page: Page, n: number): Promise<void> {
  await page.keyboard.press(n % 10 < 5 ? 'abcde'.charAt(n % 5) : 'Backspace')
  await page.waitForTimeout(30)
}

function at(values: readonly number[], share: number): number {
  return values.toSorted((a, b) => a - b)[Math.ceil(share * values.length) - 1] ?? NaN
}
