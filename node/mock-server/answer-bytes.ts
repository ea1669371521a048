import { writeHead } from '#shared/codecs/raw-http'
import type { ServedResponse } from '#shared/policy/respond'

export const statusLineOf = ({ status, statusMessage, closes }: ServedResponse): string =>
  `HTTP/1.${closes ? 0 : 1} ${status} ${statusMessage}`

/** The whole answer, latin-1. */
export const answerBytes = (answer: ServedResponse): string => writeHead(statusLineOf(answer), answer.headerList) + answer.body
