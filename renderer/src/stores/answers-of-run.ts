import type { Answering } from '#shared/lab/answers'
import type { Prediction } from '#shared/lab/prediction'

/**
 * What the other engines would have been answered, going by the run of one. A mock server's policy tells exactly what it says to each;
 * elsewhere, the answer that came is the best guess for a request of the same kind to the same URL. Where nobody answered, nobody will.
 */
export function answersOfRun({ exchanges }: Pick<Prediction, 'exchanges'>, otherwise: Answering): Answering {
  return (fetch) => {
    const came = exchanges.find(({ kind, url }) => kind === fetch.kind && url === fetch.url)?.answer
    if (came?.type === 'network-error') return came
    const answer = otherwise(fetch)
    return answer.type === 'unanswered' && came ? came : answer
  }
}
