import { StreamLanguage } from '@codemirror/language'
import { tags } from '@lezer/highlight'
import { isCORSHeader } from '#shared/lab/message-text'

/** The header lines of an HTTP message, with `#` before what is only a remark. */
export const headerLines = StreamLanguage.define<null>({
  startState: () => null,
  token(stream) {
    if (stream.sol()) {
      if (stream.match(/^\s*#.*/)) return 'remark'
      const name = stream.match(/^[^:\s]+(?=\s*:)/)
      if (name && name !== true) return isCORSHeader(name[0]) ? 'corsName' : 'name'
    }
    stream.skipToEnd()
    return null
  },
  tokenTable: { remark: tags.comment, corsName: tags.special(tags.propertyName), name: tags.propertyName },
})
