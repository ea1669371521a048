import { describe, expect, it } from 'vitest'
import { answersOfMockServers } from '#shared/lab/answers-of-mock-servers'
import { predict } from '#shared/lab/predict'
import { lessonServers, placed, usualPlaces, type PagesIn } from '../places.ts'
import { checksOf, newlyDone } from '../progress.ts'
import { catalogue } from '../catalogue.ts'

const lessons = await Promise.all(catalogue.map(({ load }) => load()))
const words = (paragraphs: readonly string[]) => paragraphs.join(' ').split(/\s+/).length
const ids = (those: readonly { id: string }[]) => those.map(({ id }) => id)

it('has lessons with ids of their own', () => {
  expect(new Set(ids(lessons)).size).toBe(lessons.length)
})

it('says in the catalogue what the lessons say', () => {
  const said = lessons.map((lesson) => ({ id: lesson.id, title: lesson.title, checks: ids(checksOf(lesson)) }))
  expect(catalogue.map(({ id, title, checks }) => ({ id, title, checks }))).toEqual(said)
})

describe.each(lessons)('$id', (lesson) => {
  it('says no more than 150 words a step', () => {
    expect(lesson.steps.filter(({ text }) => words(text) > 150).map(({ title, text }) => `${title}: ${words(text)}`)).toEqual([])
  })

  it('has steps to tell apart, each with something to see', () => {
    expect(new Set(lesson.steps.map(({ title }) => title)).size).toBe(lesson.steps.length)
    expect(lesson.steps.filter(({ checks, bench }) => checks.length === 0 || bench.length === 0)).toEqual([])
  })

  it('has checks with ids of their own', () => {
    const checks = ids(checksOf(lesson))
    expect(checks.filter((id, at) => checks.indexOf(id) !== at)).toEqual([])
  })

  it.each<PagesIn>(['browser', 'window'])('is about requests that something rules on, with pages in a %s', (pagesIn) => {
    const places = usualPlaces(lesson, pagesIn)
    const servers = Object.entries(lessonServers(lesson, places))
    for (const { title, why } of lesson.steps) {
      if (why === undefined) continue
      const answers = answersOfMockServers(servers.map(([role, server]) => ({ server, port: places.ports[role] ?? 0 })))
      const { outcome, trace } = predict({ id: 'why', ...placed(why, lesson, places) }, 'standard', answers)
      expect(outcome, title).not.toMatch(/^(unanswered|not modelled|exception)$/)
      expect(trace.length, title).toBeGreaterThan(0)
      for (const { sentence, link } of trace)
        expect([sentence, link], title).toEqual([expect.stringMatching(/\w/), expect.stringMatching(/^https:/)])
    }
  })

  it('ticks nothing before anything is seen', () => {
    const servers = lessonServers(lesson, usualPlaces(lesson))
    expect(ids(newlyDone(lesson, { seen: [], servers }, {}))).toEqual([])
  })

  it('names servers that it has', () => {
    const roles = lesson.servers.map(({ role }) => role)
    expect(roles.filter((role, at) => !/^[a-z]+$/.test(role) || roles.indexOf(role) !== at)).toEqual([])
    const named = lesson.steps.flatMap(({ bench }) =>
      bench.flatMap((part) =>
        part.part === 'log'
          ? part.servers
          : part.part === 'policy' || part.part === 'reach' || part.part === 'headers'
            ? [part.server]
            : [],
      ),
    )
    expect(named.filter((role) => !roles.includes(role))).toEqual([])
  })

  it.each<PagesIn>(['browser', 'window'])('leaves no placeholder in its texts, with pages in a %s', (pagesIn) => {
    const text = JSON.stringify(placed(lesson, lesson, usualPlaces(lesson, pagesIn)))
    expect(text.match(/\{\w+(\.\w+)?\}/g) ?? []).toEqual([])
  })
})
