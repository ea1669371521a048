import type { CookieFate } from '#shared/lab/cookie-fates'
import { engineNames, engineOrder } from '#shared/lab/engine-names'
import type { ProfileName } from '#shared/lab/prediction'
import { inWords } from '#shared/lab/prose'
import type { MarkName } from '../../verdict/marks.ts'

/** A `Set-Cookie` line as the tab says it. */
export interface CookieLine {
  readonly mark: MarkName
  readonly tone: string
  /** What becomes of it in the engine shown. */
  readonly fate: string
  /** Engines in which something else does; null where there are none. */
  readonly others: string | null
  /** How it was parsed: its scope and attributes; null where there is no cookie. */
  readonly parsed: string | null
}

const fates: Readonly<Record<CookieFate['fate'], { mark: MarkName; tone: string; text: string }>> = {
  goes: { mark: 'allowed', tone: 'allowed', text: 'goes along' },
  stays: { mark: 'blocked', tone: 'blocked', text: 'stays behind' },
  refused: { mark: 'broken', tone: 'blocked', text: 'is not kept' },
  deletes: { mark: 'nothing', tone: 'none', text: 'deletes the cookie' },
  replaced: { mark: 'nothing', tone: 'none', text: 'is set anew by a later line' },
  elsewhere: { mark: 'nothing', tone: 'none', text: 'is for another host than the request’s' },
  unsent: { mark: 'nothing', tone: 'none', text: 'is kept, but the request is never sent' },
}

export function cookieLine(inEngines: Readonly<Record<ProfileName, CookieFate>>, shown: ProfileName): CookieLine {
  const own = inEngines[shown]
  const { mark, tone } = fates[own.fate]
  return { mark, tone, fate: fateWords(own), others: otherFates(inEngines, shown), parsed: own.cookie && parsedWords(own.cookie) }
}

const fateWords = ({ fate, why }: CookieFate): string => (why === null ? fates[fate].text : `${fates[fate].text}: ${why}`)

function otherFates(inEngines: Readonly<Record<ProfileName, CookieFate>>, shown: ProfileName): string | null {
  const own = fateWords(inEngines[shown])
  const byWords = new Map<string, string[]>()
  for (const profile of engineOrder) {
    const words = fateWords(inEngines[profile])
    if (words !== own) byWords.set(words, [...(byWords.get(words) ?? []), engineNames[profile].name])
  }
  const parts = [...byWords].map(([words, names]) => `In ${inWords(names)} it ${words.replace(': it ', ', for it ')}.`)
  return parts.length === 0 ? null : parts.join(' ')
}

function parsedWords({
  domain,
  hostOnly,
  path,
  sameSite,
  secure,
  httpOnly,
  expires,
  partitionKey,
}: NonNullable<CookieFate['cookie']>): string {
  return [
    hostOnly ? `${domain} alone` : `${domain} and hosts below it`,
    `path ${path}`,
    sameSite === 'unset' ? 'no SameSite' : `SameSite=${sameSite.charAt(0).toUpperCase()}${sameSite.slice(1)}`,
    ...(secure ? ['Secure'] : []),
    ...(httpOnly ? ['HttpOnly'] : []),
    expires === null ? 'until the session ends' : `for ${Math.round(expires)} s`,
    ...(partitionKey === null ? [] : [`kept for pages of ${partitionKey}`]),
  ].join(', ')
}
