import type { LabClient } from '#shared/contract/client'
import { LabError } from '#shared/contract/errors'

/** Nobody to talk to: the page was opened as a file or from a plain server. Predicting needs no host and goes on. */
export const noClient: LabClient = {
  call: () => Promise.reject(new LabError('no-host', {})),
  on: () => () => undefined,
  onConnection(listener) {
    listener(false)
    return () => undefined
  },
}
