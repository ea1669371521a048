import { isCORSSafelistedRequestHeader } from '#shared/fetch/cors-safelisted-request-header'
import { isForbiddenRequestHeader } from '#shared/fetch/forbidden-request-header'
import { byteLowercase } from '#shared/fetch/header-list'
import { isByteString, isHeaderName, isHeaderValue, normalizeHeaderValue } from '#shared/fetch/tokens'
import { engineNames, engineOrder } from '#shared/lab/engine-names'
import type { Prediction, ProfileName } from '#shared/lab/prediction'

/** What a header line of the request does, said beside it. */
export interface HeaderNote {
  kind: 'invalid' | 'forbidden' | 'removed' | 'preflight' | 'safelisted' | 'plain'
  text: string
  /** Why, or what else there is to know. */
  more?: string
  /** The answer to the preflight does not allow it. */
  refused?: boolean
}

/**
 * @param predictions what every engine would do with the whole request: whether a header asks for a preflight differs between them.
 */
export function headerNote(
  name: string,
  value: string,
  predictions: Readonly<Record<ProfileName, Prediction>> | null,
  shown: ProfileName,
): HeaderNote {
  if (!isHeaderName(name))
    return {
      kind: 'invalid',
      text: 'not a header name',
      more: 'A name is a token: letters, digits and signs such as - and _, no space. fetch() would throw.',
    }
  const normalized = normalizeHeaderValue(value)
  if (!isHeaderValue(normalized) || !isByteString(normalized))
    return { kind: 'invalid', text: 'not a header value', more: 'A value is one line of Latin-1 characters. fetch() would throw.' }
  if (isForbiddenRequestHeader(name, normalized))
    return { kind: 'forbidden', text: 'forbidden', more: 'Scripts may not set it: the browser sends its own, or none.' }
  if (!predictions) return bySafelist(name, normalized, false)
  if (isRemoved(name, predictions[shown]))
    return { kind: 'removed', text: 'not sent', more: 'A no-cors request keeps only the no-CORS-safelisted headers.' }

  const asking = engineOrder.filter((engine) => asksFor(name, predictions[engine]))
  if (asking.length === 0) return bySafelist(name, normalized, predictions[shown].exchanges.length > 0)
  const refused = isRefused(name, predictions[shown])
  if (asking.length === engineOrder.length) return { kind: 'preflight', text: 'triggers preflight', refused }
  const others = engineOrder.filter((engine) => !asking.includes(engine))
  return {
    kind: 'preflight',
    text: `triggers preflight in ${asking.map((engine) => engineNames[engine].code).join(', ')}`,
    more: `${others.map((engine) => engineNames[engine].name).join(' and ')} ${others.length === 1 ? 'treats' : 'treat'} it as safelisted`,
    refused,
  }
}

function bySafelist(name: string, value: string, isSent: boolean): HeaderNote {
  if (isCORSSafelistedRequestHeader(name, value)) return { kind: 'safelisted', text: 'safelisted' }
  return { kind: 'plain', text: isSent ? 'no preflight here' : 'not safelisted' }
}

const asksFor = (name: string, prediction: Prediction) => askedNames(prediction).has(byteLowercase(name))

const askedNames = namesOnce(({ exchanges }) =>
  exchanges.filter(({ kind }) => kind === 'preflight').flatMap(({ requestHeaders }) => requestHeaders ?? []),
)

const sentNames = namesOnce(({ exchanges }) => exchanges.find(({ kind }) => kind === 'request')?.headerList.map(([name]) => name) ?? [])

/** Lower-case names, read once of each prediction: every header of the request wants to know. */
function namesOnce(read: (prediction: Prediction) => readonly string[]): (prediction: Prediction) => ReadonlySet<string> {
  const known = new WeakMap<Prediction, ReadonlySet<string>>()
  return (prediction) => {
    const names = known.get(prediction) ?? new Set(read(prediction).map(byteLowercase))
    known.set(prediction, names)
    return names
  }
}

const isRemoved = (name: string, prediction: Prediction) =>
  prediction.exchanges.some(({ kind }) => kind === 'request') && !sentNames(prediction).has(byteLowercase(name))

/** https://fetch.spec.whatwg.org/#cors-preflight-fetch-0, steps 7.6 and 7.7: the steps that look at names. */
function isRefused(name: string, { outcome, exchanges, ruling }: Prediction) {
  if (outcome !== 'network-error' || exchanges.at(-1)?.kind !== 'preflight') return false
  return Object.values(ruling.facts ?? {}).some((fact) => typeof fact === 'string' && byteLowercase(fact) === byteLowercase(name))
}

/** The header lines that the browser adds of its own. */
export function addedByTheBrowser(
  written: readonly (readonly [string, string])[],
  prediction: Pick<Prediction, 'exchanges'>,
): readonly (readonly [string, string])[] {
  const last = prediction.exchanges.at(-1)
  const names = new Set(written.map(([name]) => byteLowercase(name)))
  return last ? last.headerList.filter(([name]) => !names.has(byteLowercase(name))) : []
}
