/** Sentences of the lab hold names and values between backticks, as in `x-api-key`; whoever shows them sets those in the code face. */
export const code = (value: string): string => (value === '' ? 'the empty string' : `\`${value}\``)

/** `a`, `b` and `c` */
export const listed = (names: readonly string[], last = 'and'): string => inWords(names.map(code), last)

/** a, b and c */
export const inWords = (words: readonly string[], last = 'and'): string =>
  words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} ${last} ${words.at(-1) ?? ''}`

/** For the beginning of a sentence. */
export const upperFirst = (words: string): string => `${words.charAt(0).toUpperCase()}${words.slice(1)}`

/** For the middle of one; abbreviations stay as they are. */
export const lowerFirst = (words: string): string =>
  /^[A-Z][a-z]/.test(words) ? `${words.charAt(0).toLowerCase()}${words.slice(1)}` : words

export interface ProsePart {
  readonly text: string
  readonly isCode: boolean
}

/** Cuts a sentence at its backticks; one without a partner is a letter like any other. */
export function proseParts(sentence: string): ProsePart[] {
  const parts: ProsePart[] = []
  let end = 0
  for (const match of sentence.matchAll(/`([^`]*)`/g)) {
    if (match.index > end) parts.push({ text: sentence.slice(end, match.index), isCode: false })
    parts.push({ text: match[1] ?? '', isCode: true })
    end = match.index + match[0].length
  }
  if (end < sentence.length) parts.push({ text: sentence.slice(end), isCode: false })
  return parts
}

/** The sentence as it is spoken and copied: without its backticks. */
export const plain = (sentence: string): string =>
  proseParts(sentence)
    .map((part) => part.text)
    .join('')
