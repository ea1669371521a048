/** A step of an algorithm in the standard: the algorithm's name and the step's number, such as `cors-preflight-fetch/7.7`. */
export type StepId = `${string}/${string}`

/** What a ruling looked at: names to plain values, enough to say in one sentence why the step decided as it did. */
export type Facts = Readonly<Record<string, string | number | boolean | null | readonly string[]>>

/** The standard's own answer together with the step that gave it. Steps are numbered as in the pinned text (see `standard.ts`). */
export interface Ruling<Result extends string = string> {
  readonly step: StepId
  readonly result: Result
  readonly facts?: Facts
}
