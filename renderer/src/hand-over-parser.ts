import { shallowRef } from 'vue'
import type { parseJavaScript } from '#shared/html/parse-javascript'
import { handOverParser } from '#shared/html/parse-javascript-later'

/** The parser is loaded when a prediction first asks for it; whatever asked is then predicted anew, for it has looked at the ref. */
export function handOverParserWhenAsked(): void {
  const parser = shallowRef<typeof parseJavaScript | null>(null)
  let asked = false
  const load = async () => {
    asked = true
    try {
      parser.value = (await import('#shared/html/parse-javascript')).parseJavaScript
    } catch {
      // The next prediction that needs it asks again; until then it says that the parser is being loaded.
      asked = false
    }
  }
  handOverParser(() => {
    if (!asked) void load()
    return parser.value
  })
}
