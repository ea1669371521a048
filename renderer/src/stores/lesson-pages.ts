import { defineStore } from 'pinia'
import { computed, ref } from 'vue'
import type { Browser } from '#shared/contract/browsers'
import { mishapText } from '#shared/contract/mishap-text'
import type { PageCard } from '#shared/learn/lesson'
import { pressQuery } from '#shared/learn/page-html'
import type { PagesIn } from '#shared/learn/places'
import { stopsOf } from '#shared/learn/windows'
import type { Scenario } from '#shared/scenario/scenario'
import { lab } from '../lab-client/index.ts'
import { useBrowsersStore } from './browsers.ts'
import { useEarlyEvents } from './early-events.ts'
import { toMishap } from './mishap.ts'

/** Milliseconds that a page has for what its button does before the browser leaves it. */
const stay = 1500

/** Pages of lessons in a real browser: the lab's own, headless, behind its proxy, where one is found; else in windows of the one that shows this. */
export const useLessonPagesStore = defineStore('lesson-pages', () => {
  const browsers = useBrowsersStore()
  /** Whether a page is open, by the card's id; or why it was not, in a sentence. */
  const states = ref<Record<string, string>>({})
  /** A Chromium of its own rather than the one that the lab itself runs in, and that rather than none. */
  const browser = computed(
    () => browsers.ownFirst.find(({ engine, program }) => engine === 'chromium' && program !== null) ?? browsers.ownFirst[0] ?? null,
  )
  const pagesIn = computed<PagesIn>(() => (browser.value !== null || browsers.state === 'looking' ? 'browser' : 'window'))
  const opening = new Map<string, string>()
  const events = useEarlyEvents((proofId) => opening.get(proofId))

  lab.on('proof.failed', ({ proofId, error }) =>
    events.tell(proofId, (id) => (states.value[id] = error === 'cancelled' ? 'Cancelled.' : mishapText(error).what)),
  )
  lab.on('proof.finished', ({ proofId }) =>
    events.tell(proofId, (id) => {
      opening.delete(proofId)
      if (states.value[id] === 'open') states.value = Object.fromEntries(Object.entries(states.value).filter(([each]) => each !== id))
    }),
  )

  return { states, browser, pagesIn, isLooking: computed(() => browsers.state === 'looking'), open }

  /** Opens the page and presses its button there. What it does is seen where it arrives. @param card in its place */
  function open(card: PageCard) {
    if (browser.value !== null) void openIn(browser.value, card)
    else window.open(stopsOf(card)[0], '_blank', 'noopener,noreferrer')
  }

  async function openIn({ id: browserId }: Browser, { id, url, cookies }: PageCard) {
    if (states.value[id] === 'open') return
    states.value[id] = 'open'
    try {
      await events.awaiting(async () => {
        const scenario = pressed(id, url, cookies)
        const { proofId } = await lab.call('proof.start', { scenario, browsers: [browserId], network: false })
        opening.set(proofId, id)
        return proofId
      })
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
