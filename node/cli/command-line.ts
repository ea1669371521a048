import { profileNames, type ProfileName } from '#shared/lab/prediction'

/** A command line that is none: the sentence says why. */
export class UsageError extends Error {}

/** @param text the value of `--browser`; undefined where it was not given. */
export function readBrowser(text: string | undefined): ProfileName {
  if (text === undefined) return 'standard'
  const name = profileNames.find((each) => each === text)
  if (name === undefined) throw new UsageError(`--browser is ${text}; it may be ${profileNames.join(', ')}.`)
  return name
}

/** A whole number in a range, or undefined where the option was not given. */
export function readNumber(option: string, text: string | undefined, least: number, most: number): number | undefined {
  if (text === undefined) return undefined
  const number = Number(text)
  if (!/^\d+$/.test(text) || number < least || number > most)
    throw new UsageError(`--${option} is ${text}; it may be a whole number from ${least} to ${most}.`)
  return number
}
