const signed = /^[+-]?[0-9]+$/

/** As a signed integer of 64 bits, of which a negative one keeps nothing; what is none stays for 5 seconds. */
export function asSignedInteger(value: string): number {
  if (!signed.test(value)) return 5
  const seconds = BigInt(value.replace('+', ''))
  return BigInt.asIntN(64, seconds) === seconds ? Math.max(0, Number(seconds)) : 5
}
