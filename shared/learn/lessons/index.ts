import type { Lesson } from '../lesson.ts'
import { allowEverybody } from './allow-everybody.ts'
import { allowOneOrigin } from './allow-one-origin.ts'
import { origin } from './origin.ts'

/** In the order in which they build on one another. */
export const lessons: readonly Lesson[] = [origin, allowEverybody, allowOneOrigin]
