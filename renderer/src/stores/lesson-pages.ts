import { defineStore } from 'pinia'
import { computed, ref } from 'vue'
import { mishapText } from '#shared/contract/mishap-text'
import type { PageCard } from '#shared/learn/lesson'
import { pressQuery } from '#shared/learn/page-html'
import type { Scenario } from '#shared/scenario/scenario'
import { lab } from '../lab-client/index.ts'
import { useBrowsersStore } from './browsers.ts'
import { toMishap } from './mishap.ts'

/** Milliseconds that a page has for what its button does before the browser leaves it. */
const stay = 1500

/** Pages of lessons in a real browser: the lab's own, headless, behind its proxy, where one is found. */
export const useLessonPagesStore = defineStore('lesson-pages', () => {
  const browsers = useBrowsersStore()
  /** Whether a page is open, by the card's id; or why it was not, in a sentence. */
  const states = ref<Record<string, string>>({})
  /** A Chromium of its own rather than the one that the lab itself runs in, and that rather than none. */
  const browser = computed(() => {
    const { taking } = browsers
    return (
      taking.find(({ engine, program }) => engine === 'chromium' && program !== null) ??
      taking.find(({ program }) => program !== null) ??
      taking[0] ??
      null
    )
  })
  const opening = new Map<string, string>()

  lab.on('proof.failed', ({ proofId, error }) => {
    const id = opening.get(proofId)
    if (id !== undefined) states.value[id] = error === 'cancelled' ? 'Cancelled.' : mishapText(error).what
  })
  lab.on('proof.finished', ({ proofId }) => {
    const id = opening.get(proofId)
    opening.delete(proofId)
    if (id !== undefined && states.value[id] === 'open')
      states.value = Object.fromEntries(Object.entries(states.value).filter(([each]) => each !== id))
  })

  return { states, browser, isLooking: computed(() => browsers.state === 'looking'), open }

  /** Opens the page and presses its button there. What it does is seen where it arrives. @param card in its place */
  async function open({ id, url, cookies }: PageCard) {
    if (browser.value === null || states.value[id] === 'open') return
    states.value[id] = 'open'
    try {
      const scenario = pressed(id, url, cookies)
      const { proofId } = await lab.call('proof.start', { scenario, browsers: [browser.value.id], network: false })
      opening.set(proofId, id)
    } catch (error) {
      states.value[id] = mishapText(toMishap(error)).what
    }
  }
})

/** The page lies in a frame of a page of its own origin, which stays until the script has had its time. */
function pressed(id: string, url: string, cookies: PageCard['cookies']): Scenario {
  const { origin } = new URL(url)
  return {
    id: `page ${id}`,
    page: { origin },
    ...(cookies === undefined ? {} : { cookies: cookies.map(({ url: visited, set }) => ({ url: visited, set: [...set] })) }),
    request: { api: 'iframe', url: url + pressQuery, headers: [] },
    then: [{ api: 'fetch', url, headers: [], after: stay }],
  }
}
