import { isRead, verdictIn, type CellVerdicts } from './verdicts.ts'
import type { ProfileName } from '../prediction.ts'
import { engineOrder } from '../engine-names.ts'

/** What a change of policy does to a cell: it lets a script read that could not, keeps one from reading that could, or neither. */
export type CellChange = 'opens' | 'closes' | 'same'

/** @param profile one engine; null for a change in any of them. A cell that opens in one engine and closes in another opens: that is the graver. */
export function cellChange(before: CellVerdicts, after: CellVerdicts, profile: ProfileName | null): CellChange {
  const asked = profile === null ? engineOrder : [profile]
  const changes = asked.map((each) => [isRead(verdictIn(before, each)), isRead(verdictIn(after, each))] as const)
  if (changes.some(([was, is]) => !was && is)) return 'opens'
  return changes.some(([was, is]) => was && !is) ? 'closes' : 'same'
}
