import { newMockServer, type MockServer } from '#shared/policy/mock-server'
import { newPolicy } from '#shared/policy/policy'
import type { Lesson, LessonServer } from './lesson.ts'
import { visitRoutes } from './windows.ts'

/** What the pages of a lesson run in: a browser that finds hosts of its own through the lab's proxy, or windows of the browser that shows the lab. */
export type PagesIn = 'browser' | 'window'

/** Where the servers of a lesson are. */
export interface Places {
  readonly ports: Readonly<Record<string, number>>
  readonly pagesIn: PagesIn
}

export const usualPlaces = ({ servers }: Lesson, pagesIn: PagesIn = 'browser'): Places => ({
  ports: Object.fromEntries(servers.map(({ role, port }) => [role, port])),
  pagesIn,
})

/** What a server is known by to the lab, and to nobody's workspace. */
export const lessonServerPrefix = 'lesson/'
export const serverId = (lesson: Lesson, role: string): string => `${lessonServerPrefix}${lesson.id}/${role}`

/** A value with every `{role}` in its texts replaced by that server's port, every `{role.origin}` by its origin, and `{top}` by what hosts of lessons end in. */
export function placed<T>(value: T, lesson: Lesson, places: Places): T {
  const words = new Map([
    ['top', topDomains[places.pagesIn]],
    ...lesson.servers.flatMap((server): [string, string][] => [
      [server.role, String(places.ports[server.role] ?? server.port)],
      [`${server.role}.origin`, originOfServer(server, places)],
    ]),
  ])
  const fill = (text: string): string => text.replace(/\{([a-z]+(?:\.origin)?)\}/g, (whole, name: string) => words.get(name) ?? whole)
  const walk = (each: unknown): unknown => {
    if (typeof each === 'string') return fill(each)
    if (Array.isArray(each)) return each.map(walk)
    if (typeof each !== 'object' || each === null) return each
    return Object.fromEntries(Object.entries(each).map(([key, inner]) => [key, walk(inner)]))
  }
  return walk(value) as T
}

/**
 * Browsers of the lab find a host such as `evil.test` through its proxy. Others do not; but every name that ends in `.localhost` leads to
 * this machine without being looked up, and `evil.localhost` is as much of another site.
 */
const topDomains: Readonly<Record<PagesIn, string>> = { browser: 'test', window: 'localhost' }

function originOfServer({ role, port, host, definition }: LessonServer, { ports, pagesIn }: Places): string {
  const at = ports[role] ?? port
  const { scheme = 'http' } = definition
  if (host === undefined) return `${scheme}://localhost:${at}`
  return pagesIn === 'browser' ? `${scheme}://${host}` : `${scheme}://${host.replace(/\.test\b/g, `.${topDomains.window}`)}:${at}`
}

/** The lesson's servers as it defines them, at their places. */
export const lessonServers = (lesson: Lesson, places: Places): Record<string, MockServer> =>
  Object.fromEntries(
    lesson.servers.map((server) => {
      const { role, name, port, host, definition } = placed(server, lesson, places)
      const hosts = host === undefined ? [] : [`${definition.scheme ?? 'http'}://${host}`]
      const visits = places.pagesIn === 'window' ? visitRoutes(placed(lesson, lesson, places), originOfServer(server, places)) : []
      return [
        role,
        newMockServer({
          id: serverId(lesson, role),
          name,
          port: places.ports[role] ?? port,
          policy: newPolicy,
          ...definition,
          hosts,
          routes: [...(definition.routes ?? []), ...visits],
        }),
      ]
    }),
  )
