import type { Prediction } from '../prediction.ts'

export const isRead = ({ outcome }: Prediction): boolean => outcome === 'basic' || outcome === 'cors' || outcome === 'load'

/** What is not known cannot be mended, and what is readable needs none. */
export const isFixable = (prediction: Prediction): boolean =>
  !isRead(prediction) && prediction.outcome !== 'unanswered' && prediction.outcome !== 'not modelled'
