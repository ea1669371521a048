import { engineOrder } from '../engine-names.ts'
import type { Prediction, ProfileName } from '../prediction.ts'
import { changedLines, type ChangedLines } from './change-lines.ts'
import { dangerOf, dangers, type Danger, type Edit } from './edit.ts'
import { isFixable, isRead } from './fixable.ts'
import { policyEdits } from './policy-edits.ts'
import { requestEdits } from './request-edits.ts'
import { predictWorld, type Predictions, type World } from './world.ts'

/** A smallest set of edits that turns the verdict; every word of it was tried by the engine before it is offered. */
export interface Fix {
  readonly labels: readonly string[]
  readonly danger: Danger
  readonly costs: readonly string[]
  /** What would go over the wire otherwise, or be asked otherwise. */
  readonly changes: readonly ChangedLines[]
  /** What each engine would then do. */
  readonly predictions: Predictions
  /** The engines in which the script could then read. */
  readonly allowedIn: readonly ProfileName[]
  readonly world: World
}

/** Edits in one fix, at most. */
const deepest = 5
/** Worlds that are looked into, at most: what needs more is not a small fix. */
const most = 120
/** Fixes that are offered, at most. */
const offered = 5

/**
 * The fixes of what a scenario comes to in one engine, the safest first; none where the script can read, or where nothing that the lab may edit
 * would help.
 * @param isWanted which edits are tried; all, unless said otherwise.
 */
export function findFixes(world: World, profile: ProfileName, isWanted: (edit: Edit) => boolean = () => true): Fix[] {
  const start = predictWorld(world)
  if (!isFixable(start[profile])) return []
  const found: { edits: Edit[]; predictions: Predictions; world: World }[] = []
  const seen = new Set([JSON.stringify(world)])
  let level: { edits: Edit[]; predictions: Predictions; world: World }[] = [{ edits: [], predictions: start, world }]

  for (let depth = 0; depth < deepest && level.length > 0; depth++) {
    const next: typeof level = []
    for (const state of level) {
      const now = state.predictions[profile]
      for (const edit of candidates(state.world, now, state.predictions).filter(isWanted)) {
        if (state.edits.some(({ part }) => part === edit.part)) continue
        const key = JSON.stringify(edit.world)
        if (seen.has(key) || seen.size > most) continue
        seen.add(key)
        const predictions = predictWorld(edit.world)
        const reached = { edits: [...state.edits, edit], predictions, world: edit.world }
        if (isRead(predictions[profile])) found.push(reached)
        else if (isFurther(predictions[profile], now)) next.push(reached)
      }
    }
    level = next
  }
  return smallest(found.map(({ edits, ...reached }) => fixOf(world, start, profile, edits, reached)))
}

const candidates = (world: World, prediction: Prediction, predictions: Predictions): Edit[] => [
  ...policyEdits(world, prediction, predictions),
  ...requestEdits(world, prediction),
]

/** Whether an edit gets the request further: more exchanges, more rulings passed, or a later step of the same algorithm. One that does not is no part of a smallest fix. */
function isFurther(after: Prediction, before: Prediction): boolean {
  if (after.exchanges.length !== before.exchanges.length) return after.exchanges.length > before.exchanges.length
  if (passed(after) !== passed(before)) return passed(after) > passed(before)
  const [a, b] = [after.ruling.step, before.ruling.step]
  return a.split('/')[0] === b.split('/')[0] && compareSteps(a, b) > 0
}

const passed = ({ trace }: Prediction): number => trace.filter(({ effect }) => effect !== 'stopped').length

/** `7.5` comes before `7.16`. */
const compareSteps = (a: string, b: string): number => a.localeCompare(b, 'en', { numeric: true })

function fixOf(
  before: World,
  start: Predictions,
  profile: ProfileName,
  edits: readonly Edit[],
  { predictions, world }: { predictions: Predictions; world: World },
): Fix {
  return {
    labels: edits.map(({ label }) => label),
    danger: dangerOf(edits),
    costs: costsOf(edits),
    changes: changedLines(before, world, start[profile], predictions[profile]),
    predictions,
    allowedIn: engineOrder.filter((profile) => isRead(predictions[profile])),
    world,
  }
}

/** The gravest first; of several edits without danger, the sentence is said once. */
const costsOf = (edits: readonly Edit[]): string[] => [
  ...new Set(edits.toSorted((a, b) => dangers.indexOf(b.danger) - dangers.indexOf(a.danger)).map(({ cost }) => cost)),
]

/** The best few: readable in more engines, safer, fewer edits. Whatever does all that another does, and more, is left out. */
function smallest(fixes: readonly Fix[]): Fix[] {
  const isMore = (fix: Fix, other: Fix): boolean =>
    fix !== other &&
    other.labels.length < fix.labels.length &&
    other.labels.every((label) => fix.labels.includes(label)) &&
    fix.allowedIn.every((profile) => other.allowedIn.includes(profile))
  return fixes
    .filter((fix) => !fixes.some((other) => isMore(fix, other)))
    .toSorted(
      (a, b) =>
        dangers.indexOf(a.danger) - dangers.indexOf(b.danger) ||
        b.allowedIn.length - a.allowedIn.length ||
        a.labels.length - b.labels.length,
    )
    .slice(0, offered)
}
