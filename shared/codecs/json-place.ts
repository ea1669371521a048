import { placeIn, type Place } from './place.ts'

/**
 * Where a text stops being JSON; null where it is JSON. `JSON.parse` names the place in some of its messages only.
 * https://www.rfc-editor.org/rfc/rfc8259#section-2
 */
export function placeOfJSONError(text: string): Place | null {
  const offset = offsetOfJSONError(text)
  return offset === null ? null : placeIn(text, offset)
}

const space = /[ \t\r\n]*/y
const scalar =
  /"(?:[ !#-[\]-\uffff]|\\(?:["\\/bfnrt]|u[0-9A-Fa-f]{4}))*"|-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?|true|false|null/y
const name = /"(?:[ !#-[\]-\uffff]|\\(?:["\\/bfnrt]|u[0-9A-Fa-f]{4}))*"[ \t\r\n]*:/y

/** Walks the text without recursion, so that depth cannot exhaust the stack. */
export function offsetOfJSONError(text: string): number | null {
  let at = 0
  /** The brackets that are open, by what closes them. */
  const open: string[] = []
  const eat = (pattern: RegExp): boolean => {
    pattern.lastIndex = at
    if (!pattern.test(text)) return false
    at = pattern.lastIndex
    return true
  }
  const eatCharacter = (character: string | undefined): boolean => {
    eat(space)
    if (character === undefined || text[at] !== character) return false
    at++
    return true
  }
  const nameIsMissing = (): boolean => {
    eat(space)
    return open.at(-1) === '}' && !eat(name)
  }

  for (;;) {
    // A value is due.
    if (eatCharacter('{') || eatCharacter('[')) {
      open.push(text[at - 1] === '{' ? '}' : ']')
      if (!eatCharacter(open.at(-1))) {
        if (nameIsMissing()) return at
        continue
      }
      open.pop()
    } else if (!eat(scalar)) return at
    // It has ended.
    if (nothingIsOpen()) return eat(space) && at === text.length ? null : at
    if (!eatCharacter(',') || nameIsMissing()) return at
  }

  /** Closes what ends together with a value. */
  function nothingIsOpen(): boolean {
    while (open.length > 0 && eatCharacter(open.at(-1))) open.pop()
    return open.length === 0
  }
}
