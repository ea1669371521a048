import type { Route } from '#shared/policy/mock-server'
import type { Lesson, PageCard } from './lesson.ts'
import { pressQuery, route } from './page-html.ts'

type Stops = Pick<PageCard, 'id' | 'url' | 'cookies'>

/**
 * Where a window goes on its way to a page, the page last. The lab's own browsers are given a visitor's cookies before; a window gets them from
 * the server that it visits, which sends it on.
 */
export const stopsOf = ({ id, url, cookies = [] }: Stops): string[] => [
  ...cookies.map((visit, at) => `${visit.url}/${id}${at === 0 ? '' : at}`),
  url + pressQuery,
]

/** What a lesson's server at this origin needs for such visits: a route for each. @param lesson in its place */
export function visitRoutes({ steps }: Pick<Lesson, 'steps'>, origin: string): Route[] {
  const cards = steps.flatMap(({ bench }) => bench.flatMap((part) => (part.part === 'pages' ? part.pages : [])))
  // A card may stand in several steps, and in some of them without its cookies.
  const each = new Map(cards.filter(({ cookies }) => cookies !== undefined).map((card) => [card.id, card]))
  return [...each.values()].flatMap((card) => {
    const stops = stopsOf(card)
    return (card.cookies ?? []).flatMap(({ set }, at) => {
      const { origin: visited, pathname } = new URL(stops[at] ?? '')
      const onwards: [string, string][] = [['Location', stops[at + 1] ?? '']]
      return visited === origin ? [route('GET', pathname, 303, onwards, '', { cookies: [...set] })] : []
    })
  })
}
