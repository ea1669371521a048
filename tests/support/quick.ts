/**
 * `npm test` is to be over in four minutes, and takes a sample where there is much of the same: of recorded scenarios, lessons, engines and
 * sizes. `npm run test:all`, and each part run by itself, takes them all.
 */
export const isQuick = process.env['CORSLAB_QUICK_TESTS'] !== undefined

/** In quick tests, one of so many; otherwise all. */
export const sampled = <T>(all: readonly T[], oneOf: number): readonly T[] => (isQuick ? all.filter((_, at) => at % oneOf === 0) : all)
