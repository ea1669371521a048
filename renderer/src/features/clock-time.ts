/** `14:02:31`, in the time of this machine. */
export const clockTime = (millisecondsSince1970: number): string => new Date(millisecondsSince1970).toLocaleTimeString('en-GB')

/** `14:02:31.418`. */
export function clockTimeExactly(millisecondsSince1970: number): string {
  const time = new Date(millisecondsSince1970)
  return `${time.toLocaleTimeString('en-GB')}.${String(time.getMilliseconds()).padStart(3, '0')}`
}
