/**
 * Whether an entry of a policy's list of origins lets this `Origin` value in. Byte for byte, except for two patterns:
 * `https://*.example.com` stands for one or more labels (and so not for the bare domain), `http://localhost:*` for any port or none.
 * A `*` anywhere else is just a character. `null` is let in by the entry `null` alone.
 */
export function originMatches(entry: string, origin: string): boolean {
  return entry === origin || patternOf(entry)?.test(origin) === true
}

/** null where the entry is no pattern. */
function patternOf(entry: string): RegExp | null {
  const parts = /^([a-z][a-z0-9+.-]*:\/\/)(\*\.)?([^*/]+?)(:\*)?$/.exec(entry)
  if (parts === null) return null
  const [, scheme = '', labels, rest = '', port] = parts
  return new RegExp(
    `^${literal(scheme)}${labels === undefined ? '' : '(?:[a-z0-9_-]+\\.)+'}${literal(rest)}${port === undefined ? '' : '(?::[0-9]{1,5})?'}$`,
  )
}

const literal = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&')
