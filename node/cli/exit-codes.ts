/** What the command line tells scripts; the help prints the same. */
export const exitCodes = {
  /** The script would read the response; or: all went as asked. */
  done: 0,
  /** The script would not read the response; or: the browser did otherwise than predicted. */
  blocked: 1,
  /** The command line, or a file that it names, is not what it should be. */
  usage: 2,
  /** The lab could not do its work: a port was taken, a file unreadable, the host lost. */
  failed: 3,
} as const
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes]
