import { randomBytes } from 'node:crypto'

const process = randomBytes(6).toString('base64url')
let last = 0

/** Of an exchange in this process. */
export const nextExchangeNumber = (): number => ++last

/** Unlike any other exchange's, in this process and others; a good deal cheaper than a random one each. */
export const exchangeId = (number: number): string => `${process}-${number}`
