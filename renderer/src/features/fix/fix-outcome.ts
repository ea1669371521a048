import { engineNames, engineOrder } from '#shared/lab/engine-names'
import type { Fix } from '#shared/lab/fixes/find-fixes'
import { verdictOf } from '#shared/lab/verdict'

/** What the engines would do after a fix, in words: those that let the script read, and those that still do not, with what they blame. */
export function fixOutcome({ allowedIn, predictions }: Fix): { allowed: string; blocked: string | null } {
  const others = engineOrder.filter((profile) => !allowedIn.includes(profile))
  if (others.length === 0) return { allowed: 'Allowed in all four', blocked: null }
  const causes = [...new Set(others.map((profile) => verdictOf(predictions[profile]).cause))]
  return {
    allowed: `Allowed in ${allowedIn.map((profile) => engineNames[profile].name).join(', ')}`,
    blocked: `Still blocked in ${others.map((profile) => engineNames[profile].name).join(', ')}: ${causes.map((cause) => `\`${cause}\``).join(', ')}`,
  }
}
