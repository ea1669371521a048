/**
 * The words of a shell command, as POSIX quotes them, and with the `$'…'` that browsers write when they copy a request as cURL. Nothing is
 * expanded: `$HOME` stays as it stands. The first command only; null where a quote is not closed.
 * https://pubs.opengroup.org/onlinepubs/9799919799/utilities/V3_chap02.html#tag_19_02
 */
export function shellWords(command: string): string[] | null {
  const words: string[] = []
  let word: string | null = null
  let at = 0
  while (at < command.length) {
    const rest = command.slice(at)
    const [piece = ''] = piecePattern.exec(rest) ?? []
    if (piece === '') return null
    at += piece.length
    // A line that goes on.
    if (/^\\\r?\n$/.test(piece)) continue
    if (/^[ \t]/.test(piece)) {
      if (word !== null) words.push(word)
      word = null
    } else if (/^[\r\n;|&<>]/.test(piece)) break
    else word = (word ?? '') + unquoted(piece)
  }
  return word === null ? words : [...words, word]
}

const piecePattern = /^(?:\\\r?\n|\\[^]|[ \t]+|[\r\n;|&<>]|'[^']*'|\$'(?:\\[^]|[^'\\])*'|"(?:\\[^]|[^"\\])*"|[^\s;|&<>'"\\$]+|\$(?!')|\$$)/

function unquoted(piece: string): string {
  if (piece.startsWith("$'"))
    return piece.slice(2, -1).replace(/\\(u[0-9A-Fa-f]{1,4}|x[0-9A-Fa-f]{1,2}|[0-7]{1,3}|[^])/g, (_, code: string) => ansi(code))
  if (piece.startsWith("'")) return piece.slice(1, -1)
  if (piece.startsWith('"'))
    return piece.slice(1, -1).replace(/\\(\r?\n|[$`"\\])/g, (_, escaped: string) => (/\n$/.test(escaped) ? '' : escaped))
  return piece.startsWith('\\') ? piece.slice(1) : piece
}

const letters: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', a: '\x07', b: '\b', e: '\x1b', f: '\f', v: '\v' }

function ansi(code: string): string {
  if (/^[ux]./.test(code)) return String.fromCharCode(parseInt(code.slice(1), 16))
  return /^[0-7]/.test(code) ? String.fromCharCode(parseInt(code, 8)) : (letters[code] ?? code)
}
