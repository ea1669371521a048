import type { Prediction } from './prediction.ts'
import type { Tenses } from './stop-words.ts'

/** What an element or another API that fired `load` leaves to the page. */
export interface LoadedWords {
  readonly kind: 'allowed' | 'opaque'
  readonly sentence: Tenses
  /** For a cell. */
  readonly cause: string
  /** An expression that looks at what was loaded, and what it yields. */
  readonly probe: readonly [expression: string, yields: string]
}

const words = (kind: LoadedWords['kind'], predicted: string, run: string, cause: string, ...probe: [string, string]): LoadedWords => ({
  kind,
  sentence: { predicted, run },
  cause,
  probe,
})

const errorPage = words(
  'opaque',
  'The frame would show an error page; its load event would fire all the same.',
  'The frame shows an error page; its load event fires all the same.',
  'error page',
  'frame.contentDocument',
  'null',
)

/** By the deciding step and its result. */
const loaded: Readonly<Record<string, LoadedWords>> = {
  'update-the-image-data/origin CORS-same-origin': words(
    'allowed',
    'The image would load; a canvas with it could be read.',
    'The image loads; a canvas with it can be read.',
    'readable',
    'canvas.toDataURL()',
    'the pixels',
  ),
  'update-the-image-data/origin CORS-cross-origin': words(
    'opaque',
    'The image would load; a canvas with it would be tainted, so nothing of it could be read.',
    'The image loads; a canvas with it is tainted, so nothing of it can be read.',
    'taints a canvas',
    'canvas.toDataURL()',
    'a SecurityError: the canvas is tainted',
  ),
  'fetch-a-classic-script/5.6 errors are reported': words(
    'allowed',
    'The script would run, and its errors would be reported in full.',
    'The script runs, and its errors are reported in full.',
    'runs',
    'window.onerror',
    'what went wrong, and where',
  ),
  'fetch-a-classic-script/5.6 muted errors': words(
    'opaque',
    'The script would run; of its errors the page would learn “Script error.” alone.',
    'The script runs; of its errors the page learns “Script error.” alone.',
    'muted errors',
    'window.onerror',
    '"Script error.", and no place',
  ),
  'fetch-a-single-module-script/evaluate module script': words(
    'allowed',
    'The module would run, and its errors would be reported in full.',
    'The module runs, and its errors are reported in full.',
    'runs',
    'window.onerror',
    'what went wrong, and where',
  ),
  'fetch-a-single-module-script/create SyntaxError': words(
    'allowed',
    'The load event would fire, but nothing would run: the module has a syntax error.',
    'The load event fires, but nothing runs: the module has a syntax error.',
    'syntax error',
    'window.onerror',
    'a SyntaxError',
  ),
  'fetch-a-classic-worker-script/evaluate classic script': words(
    'allowed',
    'The worker would run.',
    'The worker runs.',
    'runs',
    'worker.onmessage',
    'what the worker posts',
  ),
  'font-face-load/decode font': words(
    'allowed',
    'The font would load.',
    'The font loads.',
    'loads',
    'document.fonts',
    'the font, to be used',
  ),
  'link-type-stylesheet/create origin-clean': words(
    'allowed',
    'The style sheet would apply, and scripts could read its rules.',
    'The style sheet applies, and scripts can read its rules.',
    'readable',
    'link.sheet.cssRules',
    'its rules',
  ),
  'link-type-stylesheet/create not origin-clean': words(
    'opaque',
    'The style sheet would apply; scripts could not read its rules.',
    'The style sheet applies; scripts cannot read its rules.',
    'unreadable',
    'link.sheet.cssRules',
    'a SecurityError: it is of another origin',
  ),
  'link-type-stylesheet/mime-type not text/css': words(
    'opaque',
    'The load event would fire, but no style would apply: by its type it is no style sheet.',
    'The load event fires, but no style applies: by its type it is no style sheet.',
    'without effect',
    'link.sheet.cssRules',
    'no rules',
  ),
  'link-type-preload/6.1 load': words(
    'allowed',
    'The preload would be kept for the fetch() that asks for the same next.',
    'The preload is kept for the fetch() that asks for the same next.',
    'preloaded',
    'the load event',
    'says that an answer came',
  ),
  'link-type-preload/6.1 load, opaque': words(
    'opaque',
    'The preload would fire load; a fetch() with mode “no-cors” alone could use it.',
    'The preload fires load; a fetch() with mode “no-cors” alone can use it.',
    'opaque',
    'the load event',
    'says that an answer came',
  ),
  'iframe-load-event-steps/load same origin': words(
    'allowed',
    'The frame would load, and the page could reach its document.',
    'The frame loads, and the page reaches its document.',
    'readable',
    'frame.contentDocument',
    'the document',
  ),
  'iframe-load-event-steps/load cross-origin': words(
    'opaque',
    'The frame would load; the page could not reach its document.',
    'The frame loads; the page cannot reach its document.',
    'unreadable',
    'frame.contentDocument',
    'null',
  ),
  'iframe-load-event-steps/load an error page': errorPage,
  'fetching-resources/url about:blank': words(
    'allowed',
    'The frame would stay empty.',
    'The frame stays empty.',
    'about:blank',
    'frame.contentDocument',
    'an empty document',
  ),
  'eventsource/15.4 open': words(
    'allowed',
    'The connection would open, and the page would read its events.',
    'The connection opens, and the page reads its events.',
    'open',
    'event.data',
    'what the server sends',
  ),
}

/** A browser said so, and the prediction not. */
const merelyLoaded = words('opaque', 'It would load.', 'It loads.', 'loads', 'the load event', 'fires')

/** null where the page got no `load` from an element. */
export const loadedWords = ({ outcome, status, ruling }: Prediction): LoadedWords | null =>
  outcome === 'load' && status === undefined ? (loaded[`${ruling.step} ${ruling.result}`] ?? merelyLoaded) : null
