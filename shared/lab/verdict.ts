import { byteLowercase } from '#shared/fetch/header-list'
import { loadedWords } from './element-words.ts'
import type { Prediction } from './prediction.ts'
import { code } from './prose.ts'
import { stopPlace, type StopPlace } from './stop.ts'
import { stopWords, type Tenses } from './stop-words.ts'

export type VerdictKind =
  'allowed' | 'blocked-preflight' | 'blocked-cors-check' | 'opaque' | 'not-sent' | 'network-error' | 'unanswered' | 'not-modelled'

export interface Verdict {
  readonly kind: VerdictKind
  /** The title: `Blocked at the preflight`. */
  readonly word: string
  /** For a cell: `Blocked`. */
  readonly short: string
  readonly sentence: Tenses
  /** For a cell: the header or value that decides; what is read, where all is well. */
  readonly cause: string
}

/** What it comes to, in words. */
export function verdictOf(prediction: Prediction): Verdict {
  switch (prediction.outcome) {
    case 'basic':
    case 'cors':
      return allowed(prediction)
    case 'load':
      return loaded(prediction) ?? allowed(prediction)
    case 'opaque':
      return opaque
    case 'opaqueredirect':
      return redirectNotFollowed
    case 'sent':
      return prediction.exchanges.at(-1)?.kind === 'request' ? beaconSent : beaconLost(prediction)
    case 'refused':
    case 'exception':
    case 'network-error':
      return stopped(prediction)
    case 'unanswered':
      return unanswered(prediction)
    case 'not modelled':
      return notModelled(prediction)
  }
}

function allowed(prediction: Prediction): Verdict {
  const read = `status ${prediction.status ?? 0}, ${bodyWords(prediction)} and ${headerCount(prediction)}`
  return {
    kind: 'allowed',
    word: 'Allowed',
    short: 'Allowed',
    sentence: { predicted: `The script would read ${read}.`, run: `The script reads ${read}.` },
    cause: `status ${prediction.status ?? 0}`,
  }
}

/** An element that loaded: what is left to the page of it. */
function loaded(prediction: Prediction): Verdict | null {
  const words = loadedWords(prediction)
  if (words === null) return null
  const word = words.kind === 'allowed' ? 'Allowed' : 'Opaque'
  return { kind: words.kind, word, short: word, sentence: words.sentence, cause: words.cause }
}

/** `3 of 9 headers`. */
function headerCount({ headers, exchanges }: Prediction): string {
  const readable = headers?.length ?? 0
  const all = answeredHeaderNames(exchanges.at(-1)).length
  if (readable === 0) return 'no header'
  if (readable >= all) return readable === 1 ? 'its header' : `all ${readable} headers`
  return `${readable} of ${all} headers`
}

/** The header names of the answer, lower case, each once, sorted. */
export function answeredHeaderNames(exchange: Prediction['exchanges'][number] | undefined): string[] {
  const headerList = exchange?.answer.type === 'response' ? exchange.answer.headerList : []
  return [...new Set(headerList.map(([name]) => byteLowercase(name)))].sort()
}

/** `the body`, or that there is none. */
export function bodyWords({ exchanges }: Prediction): string {
  const last = exchanges.at(-1)
  if (last?.answer.type !== 'response') return 'the body'
  const none = last.method === 'HEAD' || [101, 103, 204, 205, 304].includes(last.answer.status) || !last.answer.body
  return none ? 'no body' : 'the body'
}

const opaque: Verdict = {
  kind: 'opaque',
  word: 'Opaque',
  short: 'Opaque',
  sentence: {
    predicted: 'The request would be sent without a preflight; the script would see neither status nor body.',
    run: 'The request was sent without a preflight; the script sees neither status nor body.',
  },
  cause: 'unreadable',
}

const beaconSent: Verdict = {
  kind: 'opaque',
  word: 'Sent',
  short: 'Sent',
  sentence: {
    predicted: 'The beacon would be sent; no script is told what comes of it.',
    run: 'The beacon was sent; no script is told what came of it.',
  },
  cause: 'unreadable',
}

/** What stops a beacon after the call has returned. */
function beaconLost({ exchanges }: Prediction): Verdict {
  const isAsked = exchanges.length > 0
  const predicted = isAsked ? 'the preflight would not pass' : 'it would be blocked'
  const run = isAsked ? 'the preflight did not pass' : 'it was blocked'
  return {
    kind: 'network-error',
    word: 'Never sent',
    short: 'Never sent',
    sentence: {
      predicted: `The call would return true; but ${predicted}, so the beacon would never be sent.`,
      run: `The call returned true; but ${run}, so the beacon was never sent.`,
    },
    cause: isAsked ? 'preflight' : 'blocked',
  }
}

const redirectNotFollowed: Verdict = {
  kind: 'opaque',
  word: 'Opaque',
  short: 'Opaque',
  sentence: {
    predicted: 'The redirect would not be followed; the script would see neither its status nor where it leads.',
    run: 'The redirect was not followed; the script sees neither its status nor where it leads.',
  },
  cause: 'redirect',
}

const stoppedAt: Readonly<Record<StopPlace, Pick<Verdict, 'kind' | 'word' | 'short'>>> = {
  'before-sending': { kind: 'not-sent', word: 'Not sent', short: 'Not sent' },
  preflight: { kind: 'blocked-preflight', word: 'Blocked at the preflight', short: 'Blocked' },
  'cors-check': { kind: 'blocked-cors-check', word: 'Blocked at the CORS check', short: 'Blocked' },
  redirect: { kind: 'network-error', word: 'Stopped at a redirect', short: 'Stopped' },
  'no-answer': { kind: 'network-error', word: 'No answer', short: 'Failed' },
  elsewhere: { kind: 'network-error', word: 'Network error', short: 'Stopped' },
}

function stopped(prediction: Prediction): Verdict {
  const place = stopPlace(prediction) ?? 'elsewhere'
  const words = stopWords(prediction)
  const lead = words?.lead ?? { predicted: '', run: '' }
  const then = consequence(prediction, place)
  return {
    ...stoppedAt[place],
    sentence: { predicted: `${lead.predicted} ${then.predicted}`, run: `${lead.run} ${then.run}` },
    cause: (words?.blamed ?? 'network error') || 'empty',
  }
}

function consequence({ outcome, exchanges, ruling }: Prediction, place: StopPlace): Tenses {
  const method = exchanges.at(-1)?.requestMethod ?? 'request'
  switch (place) {
    case 'before-sending':
      return outcome === 'exception'
        ? { predicted: 'The call would throw; nothing would be sent.', run: 'The call throws; nothing was sent.' }
        : {
            predicted: 'Nothing would be sent; the script would get a network error.',
            run: 'Nothing was sent; the script gets a network error.',
          }
    case 'preflight':
      return {
        predicted: `The ${method} would not be sent. Nothing has been sent yet.`,
        run: `The ${method} was never sent; the script gets a network error.`,
      }
    case 'cors-check':
      return {
        predicted: 'The request would be sent and the handler would run; the script would read nothing.',
        run: 'The request was sent and the handler ran; the script reads nothing.',
      }
    case 'redirect':
      return ruling.step.startsWith('http-redirect-fetch/')
        ? {
            predicted: 'The redirect would not be followed; the script would get a network error.',
            run: 'The redirect was not followed; the script gets a network error.',
          }
        : { predicted: 'The script would get a network error.', run: 'The script gets a network error.' }
    case 'no-answer':
      return {
        predicted: 'That is no matter of CORS; the script could not tell the difference.',
        run: 'That is no matter of CORS; the script cannot tell the difference.',
      }
    case 'elsewhere':
      return { predicted: 'The script would get a network error.', run: 'The script gets a network error.' }
  }
}

function unanswered({ exchanges }: Prediction): Verdict {
  const last = exchanges.at(-1)
  const where = last ? code(new URL(last.url).origin) : 'this URL'
  const sentence = `No mock server answers for ${where}; what follows depends on what the server says. Run it to see.`
  return {
    kind: 'unanswered',
    word: 'Not known yet',
    short: 'Not known',
    sentence: { predicted: sentence, run: `No answer from ${where} has been seen.` },
    cause: 'run to see',
  }
}

function notModelled({ ruling }: Prediction): Verdict {
  return {
    kind: 'not-modelled',
    word: 'Not modelled',
    short: 'Not known',
    sentence: { predicted: ruling.sentence, run: ruling.sentence },
    cause: 'not modelled',
  }
}
