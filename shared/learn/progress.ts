import * as v from 'valibot'
import type { Facts } from './facts.ts'
import type { LessonEntry } from './catalogue.ts'
import type { Check, Lesson } from './lesson.ts'

/** When each check was ticked, in milliseconds since 1970, by lesson and check. */
export const Progress = v.object({
  version: v.literal(1),
  lessons: v.record(v.string(), v.record(v.string(), v.number())),
})
export type Progress = v.InferOutput<typeof Progress>

export const noProgress: Progress = { version: 1, lessons: {} }

export const checksOf = ({ steps }: Lesson): readonly Check[] => steps.flatMap(({ checks }) => checks)

/** The checks of a lesson that the facts tick, and that were not ticked before. */
export const newlyDone = (lesson: Lesson, facts: Facts, before: Readonly<Record<string, number>>): readonly Check[] =>
  checksOf(lesson).filter(({ id, done }) => before[id] === undefined && done(facts))

/** How many are ticked of how many. A check that the lesson does not have any more does not count. */
export function standing({ id, checks }: LessonEntry, { lessons }: Progress): { done: number; of: number } {
  const ticked = lessons[id] ?? {}
  return { done: checks.filter((check) => ticked[check] !== undefined).length, of: checks.length }
}
