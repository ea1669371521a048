/**
 * Prints where predictions of the second kinds differ from what was recorded, in groups. Run:
 * npx node tests/conformance/mismatches.ts [BROWSER|all] [FAMILY|all] [HOW MANY IDS A GROUP]
 */
import { comparedWith } from './agreement.ts'
import { browsers } from './vectors.ts'

const [which = 'all', family = 'all', shown = '3'] = process.argv.slice(2)

for (const browser of browsers.filter((each) => which === 'all' || which === each)) {
  const compared = comparedWith(browser, 'second').filter(({ scenario }) => family === 'all' || scenario.family === family)
  const families = groupBy(compared, ({ scenario }) => scenario.family)
  for (const [name, members] of families) {
    const right = members.filter(({ difference }) => difference === null).length
    console.log(`${browser} ${name}: ${right} of ${members.length}`)
    const groups = groupBy(
      members.filter(({ difference }) => difference !== null),
      ({ scenario, difference }) => `${difference?.field ?? ''} (${scenario.request.api})`,
    )
    for (const [group, of] of groups) {
      console.log(`  ${group}: ${of.length}`)
      for (const { scenario, difference } of of.slice(0, Number(shown)))
        if (difference !== null && 'predicted' in difference)
          console.log(
            `    ${scenario.id}  predicted ${difference.predicted ?? '–'}\n${' '.repeat(scenario.id.length + 7)}observed ${difference.observed ?? '–'}`,
          )
    }
  }
}

function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item])
  return groups
}
