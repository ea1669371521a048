/** Whether a range names a byte beyond the greatest that the browser's integers can say. */
export const isRangeBeyond = (value: string, greatest: bigint): boolean =>
  value.match(/[0-9]{19,}/g)?.some((digits) => BigInt(digits) > greatest) === true
