import type { API } from '#shared/fetch/scripted-request'
import { loadedWords } from './element-words.ts'
import type { Prediction } from './prediction.ts'

interface Told {
  readonly text: string
  readonly verdict: 'allowed' | 'blocked' | 'opaque' | null
}

/** What an element or another API than fetch() and XMLHttpRequest tells the page, row by row. */
export const elementRows = (api: API): [what: string, told: (prediction: Prediction) => Told][] =>
  api === 'beacon'
    ? [['The return value', returnValue]]
    : [
        ['Event', event],
        [`Of what it loaded`, content],
      ]

const notKnown: Told = { text: 'not known', verdict: null }

function returnValue({ outcome }: Prediction): Told {
  switch (outcome) {
    case 'sent':
      return { text: 'true', verdict: 'opaque' }
    case 'refused':
      return { text: 'false', verdict: 'blocked' }
    case 'exception':
      return { text: 'none: the call throws', verdict: 'blocked' }
    default:
      return notKnown
  }
}

function event({ outcome }: Prediction): Told {
  switch (outcome) {
    case 'load':
      return { text: 'load', verdict: 'allowed' }
    case 'network-error':
      return { text: 'error', verdict: 'blocked' }
    case 'exception':
      return { text: 'none: the call throws', verdict: 'blocked' }
    default:
      return notKnown
  }
}

function content(prediction: Prediction): Told {
  if (prediction.outcome === 'network-error' || prediction.outcome === 'exception') return { text: 'nothing', verdict: 'blocked' }
  const words = loadedWords(prediction)
  return words === null ? notKnown : { text: words.probe[1], verdict: words.kind }
}
