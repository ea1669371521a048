import type { WireExchange, WireMessage } from '#shared/contract/wire'
import { answerBytes, messageText, requestBytes, type MessageText } from '#shared/lab/message-text'
import type { PredictedExchange } from '#shared/lab/prediction'
import { byteCount, milliseconds } from '#shared/lab/units'

export interface ShownMessage {
  /** latin-1. */
  readonly bytes: string
  readonly text: MessageText
  /** `513 B`; for a prediction, which has no socket, nothing. */
  readonly facts: string
  /** How many bytes were not kept. */
  readonly cut: number
}

/** An exchange for the eye: what went each way, as bytes of a run or as a prediction of them. */
export interface ShownExchange {
  readonly happened: boolean
  readonly request: ShownMessage
  readonly answer: ShownMessage | null
  /** Why there is no answer, or not all of it. */
  readonly trouble: string | null
}

export function ofRun({ request, response, answeredAfter, trouble }: WireExchange): ShownExchange {
  const after = answeredAfter === null ? '' : ` after ${milliseconds(answeredAfter)} ms`
  return {
    happened: true,
    request: wireMessage(request, ''),
    answer: response ? wireMessage(response, after) : null,
    trouble: trouble ?? null,
  }
}

export function ofPrediction(exchange: PredictedExchange): ShownExchange {
  const answer = answerBytes(exchange)
  return {
    happened: false,
    request: message(requestBytes(exchange), '', 0),
    answer: answer === null ? null : message(answer, '', 0),
    trouble: exchange.answer.type === 'network-error' ? exchange.answer.reason : null,
  }
}

function wireMessage({ bytes, size }: WireMessage, after: string): ShownMessage {
  const kept = atob(bytes)
  return message(kept, `${byteCount(size)}${after}`, size - kept.length)
}

const message = (bytes: string, facts: string, cut: number): ShownMessage => ({ bytes, text: messageText(bytes), facts, cut })

/** The message as it is copied: UTF-8 where it is that. */
export function copyText({ bytes, text }: ShownMessage): string {
  if (text.body?.isText !== true) return bytes
  return `${text.head.map((line) => line.text).join('\r\n')}\r\n\r\n${text.body.text}`
}
