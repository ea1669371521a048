import type { Browser } from '#shared/contract/browsers'
import type { Agreement, Disagreement } from '#shared/lab/compare'
import { differencePlace, differenceValue } from '#shared/lab/disagreement-words'
import type { Observation } from '#shared/lab/observation'
import type { Ending, Prediction } from '#shared/lab/prediction'
import { plain } from '#shared/lab/prose'
import { recordedExchanges } from '#shared/lab/recorded-form'
import { forTerminal } from './for-terminal.ts'
import { unreadInWords } from './scenarios-in.ts'
import type { Tally, Verified } from './verify.ts'

const widths = [20, 38, 38]

export const tableHead = ({ name, version, program }: Browser): string =>
  `${name} ${version ?? '(version unknown)'}, ${program}\n\n${line('Scenario', 'Predicted', 'Observed', 'Agreement')}`

export function tableRow(verified: Verified): string {
  if ('line' in verified) return unreadInWords(verified)
  if ('error' in verified) return line(verified.id, '', '', `Not observed. ${verified.error}`)
  const { prediction, observation, agreement } = verified
  const columns = line(
    prediction.id,
    summary({ ...prediction, exchanges: recordedExchanges(prediction) }),
    summary(observation),
    agreementWords[agreement.agrees],
  )
  return agreement.agrees === 'no' ? columns + differenceLines(agreement.difference, observation) : columns
}

export function tableFoot({ agree, differ, open, failed, unread }: Tally): string {
  const counts: [number, string][] = [
    [differ, 'went otherwise than predicted'],
    [open, 'not predicted'],
    [failed, 'not observed'],
    [unread, 'no scenario'],
  ]
  const others = counts.filter(([count]) => count > 0).map(([count, what]) => `, ${count} ${what}`)
  return `\n${agree} of ${agree + differ + open + failed + unread} went as predicted${others.join('')}.\n`
}

const agreementWords: Readonly<Record<Agreement['agrees'], string>> = { yes: '✓ agrees', no: '✗ differs', unknown: '– not predicted' }

/** How many requests there were, and what the script got: `2 exchanges, cors 200`. */
function summary({ exchanges, ...seen }: Observation | (Omit<Prediction, 'exchanges'> & Pick<Observation, 'exchanges'>)): string {
  const endings: readonly Partial<Ending>[] = seen.outcomes ?? [seen]
  const got = endings.map(({ outcome = '', status }) => (status === undefined ? outcome : `${outcome} ${status}`))
  return [exchanges.length === 1 ? '1 exchange' : `${exchanges.length} exchanges`, ...got].join(', ')
}

function differenceLines(difference: Disagreement, { exchanges }: Observation): string {
  const side = (value: string | null) => plain(differenceValue(value))
  return forTerminal(
    `  ${plain(differencePlace(difference, exchanges))}\n` +
      `    predicted  ${side(difference.predicted)}\n` +
      `    observed   ${side(difference.observed)}\n`,
  )
}

const line = (...cells: readonly string[]): string =>
  `${cells
    .map((cell, at) => forTerminal(cell.replaceAll('\n', ' ')).padEnd(widths[at] ?? 0))
    .join('  ')
    .trimEnd()}\n`
