import type { Short } from './other-words.ts'
import { code } from './prose.ts'

/** What stops an element, or another API than fetch() and XMLHttpRequest. */
export function elementStopWords(step: string, result: string, text: (name: string) => string): Short | null {
  const type = text('mimeType') === '' ? 'An answer without a `Content-Type`' : `An answer of type ${code(text('mimeType'))}`
  const [algorithm] = step.split('/')
  switch (algorithm) {
    case 'blocked-due-to-its-mime-type':
      return { what: `${type} is no script`, blamed: 'content-type' }
    case 'blocked-due-to-nosniff':
      return {
        what: `${type} is ${step.endsWith('4') ? 'no script' : 'no style sheet'}, and \`nosniff\` forbids to try`,
        blamed: 'nosniff',
      }
    case 'opaque-response-blocking':
      return {
        what: 'The answer is kept from the page by opaque-response blocking',
        blamed: 'opaque response',
        because: 'Because no image, script or style sheet looks like it, and another origin’s data must not come near the page.',
      }
    case 'update-the-image-data':
      return { what: 'The answer is no image', blamed: 'body' }
    case 'font-face-load':
      if (step.endsWith('/status')) break
      return { what: 'The answer is no font', blamed: 'body' }
    case 'eventsource':
      if (result === 'SyntaxError') return noURL(text)
      return text('status') === '200'
        ? { what: `${type} is no stream of events`, blamed: 'content-type' }
        : { what: `Status ${text('status')} opens no stream of events`, blamed: `status ${text('status')}` }
    case 'worker':
      return result === 'SecurityError'
        ? {
            what: 'A worker has to come from the page’s own origin',
            blamed: 'origin',
            because: `Because it runs as ${code(text('origin'))}.`,
          }
        : noURL(text)
    case 'fetching-resources':
      return noURL(text)
    case 'sendbeacon':
      return step.endsWith('/3')
        ? noURL(text)
        : { what: 'The body is larger than the 64 KiB that may be under way', blamed: 'body', because: `It has ${text('bytes')} bytes.` }
  }
  switch (step.split('/')[1]) {
    case 'status':
    case '5.2':
    case '6.1':
      return result === 'no body'
        ? { what: `Status ${text('status')} comes without a body`, blamed: `status ${text('status')}` }
        : { what: `Status ${text('status')} is not between 200 and 299`, blamed: `status ${text('status')}` }
    case 'create':
      return { what: 'The answer has a syntax error', blamed: 'body' }
    case 'mime-type':
      return { what: `${type} is ${algorithm === 'link-type-stylesheet' ? 'no style sheet' : 'no JavaScript'}`, blamed: 'content-type' }
    default:
      return null
  }
}

const noURL = (text: (name: string) => string): Short => ({ what: `${code(text('url'))} is no URL`, blamed: 'URL' })
