/** Whether a range names a byte beyond what a signed 64-bit number can say. */
export const isRangeOfManyDigits = (value: string): boolean => value.match(/[0-9]{19,}/g)?.some((digits) => BigInt(digits) > 9223372036854775807n) === true
