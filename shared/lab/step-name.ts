import type { StepId } from '#shared/fetch/ruling'

/** The algorithms whose names are not just their words. */
const names: Readonly<Record<string, string>> = {
  'cors-preflight-fetch': 'CORS-preflight fetch',
  'http-redirect-fetch': 'HTTP-redirect fetch',
  'http-network-or-cache-fetch': 'HTTP-network-or-cache fetch',
  'http-network-fetch': 'HTTP-network fetch',
}

/** `cors-preflight-fetch/7.7` as the standard writes it: the algorithm's name and the step's number. */
export function stepName(step: StepId): { algorithm: string; number: string } {
  const slash = step.indexOf('/')
  const algorithm = step.slice(0, slash)
  const words = algorithm
    .split('-')
    .map((word) => (['cors', 'http', 'api', 'url', 'xhr'].includes(word) ? word.toUpperCase() : word))
    .join(' ')
  return { algorithm: names[algorithm] ?? `${words.charAt(0).toUpperCase()}${words.slice(1)}`, number: step.slice(slash + 1) }
}
