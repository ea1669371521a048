import { LabError } from '#shared/contract/errors'

/** Whatever a call rejected with, as a mishap that has a sentence. */
export const toMishap = (error: unknown): ReturnType<LabError['toJSON']> =>
  error instanceof LabError ? error.toJSON() : { code: 'internal', details: {} }
