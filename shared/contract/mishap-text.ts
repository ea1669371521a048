import type { MishapCode, Mishaps } from './errors.ts'

/** What a mishap says: what happened, because of what, and what to do next. */
export interface MishapText {
  readonly what: string
  readonly because: string
  readonly next: string
}

/** Every mishap's sentences, in one table: the screen, the command line and the log say the same. */
const texts: { [Code in MishapCode]: (details: Mishaps[Code]) => MishapText } = {
  'unknown-method': ({ name }) => ({
    what: `The lab does not know the call ${name}.`,
    because: 'The page and the host are of different versions.',
    next: 'Reload the page, or start the lab again.',
  }),
  'invalid-input': ({ issues }) => ({
    what: 'The lab did not take what it was given.',
    because: Object.entries(issues)
      .map(([field, messages]) => `${field || 'The whole value'}: ${messages.join('; ')}.`)
      .join(' '),
    next: 'Correct the field that is named. Nothing was changed.',
  }),
  'port-in-use': ({ port, free, holder }) => ({
    what: `Port ${port} is taken.`,
    because: holder ? `${holder} It was not disturbed.` : `Another program listens on port ${port}; it was not disturbed.`,
    next: free === null ? 'Choose another port, or 0 for any free one.' : `Use ${free}, which is free, or stop the other program.`,
  }),
  'port-not-permitted': ({ port, free }) => ({
    what: `Port ${port} may not be opened.`,
    because: 'This system keeps ports below 1024 for its administrator.',
    next: free === null ? 'Choose a port from 1024 to 65535.' : `Use ${free}, or any port from 1024 to 65535.`,
  }),
  'port-out-of-range': ({ port }) => ({
    what: `${port} is not a port.`,
    because: 'Ports are whole numbers from 1 to 65535; 0 means any free one.',
    next: 'Choose a port in that range.',
  }),
  'certificate-unusable': ({ file, reason }) => ({
    what: 'The lab’s certificate authority cannot be used.',
    because: `${file}: ${reason}`,
    next: 'Move that file away; the lab makes a new authority, which has to be trusted anew. Servers that speak http only are not concerned.',
  }),
  'no-such-server': () => ({
    what: 'That server does not run.',
    because: 'It was stopped, or the lab was started anew.',
    next: 'Start it, then try again.',
  }),
  'file-unreadable': ({ file, reason }) => ({
    what: `${file} was not read.`,
    because: reason,
    next: 'The file was left as it is. Mend it, or choose another.',
  }),
  'file-unwritable': ({ file, reason }) => ({
    what: `${file} was not written.`,
    because: reason,
    next: 'Your changes are still here. Make room or give the lab leave to write there; it tries again with the next change.',
  }),
  'recording-unwritable': ({ folder, reason }) => ({
    what: `No recording was written to ${folder}.`,
    because: reason,
    next: 'Name another folder, or give the lab leave to write there. What was recorded there before is as it was.',
  }),
  'not-a-scenario': ({ file, where, reason }) => ({
    what: `${file} is not a scenario.`,
    because: `${where}: ${reason}`,
    next: 'Correct what is named; the file was left as it is.',
  }),
  'not-servers': ({ file, where, reason }) => ({
    what: `${file} does not say what to serve.`,
    because: `${where}: ${reason}`,
    next: 'Correct what is named; servers that run already go on as they were.',
  }),
  'not-a-browser': ({ program, reason }) => ({
    what: `${program} cannot be used as a browser.`,
    because: reason,
    next: 'Name the program of a Chrome, Chromium, Edge, Brave or Firefox, or WebKitGTK’s MiniBrowser.',
  }),
  'engine-missing': ({ engine, howToGet }) => ({
    what: `No browser with the engine of ${engine} was found on this machine.`,
    because: 'The lab looked in the usual places and on PATH.',
    next: `${howToGet}${/[.)]$/.test(howToGet) ? '' : '.'}`,
  }),
  'no-such-browser': ({ id }) => ({
    what: id === null ? 'No browser was found on this machine.' : 'That browser is not there any more.',
    because: id === null ? 'The lab looked in the usual places and on PATH.' : `${id} was not found.`,
    next: 'Install one, or tell the lab where it is.',
  }),
  'proof-waits-too-long': ({ wait, longest }) => ({
    what: 'No browser is asked: the requests of this sequence are too far apart.',
    because: `They wait ${Math.round(wait / 1000)} s in all. A browser waits in real time, for nobody can move its clock; the lab lets it wait ${longest / 1000} s.`,
    next: 'Shorten the waits. A prediction looks at any time, and a run moves the clock where it would wait for too long.',
  }),
  'browser-failed': ({ browser, reason }) => ({
    what: `${browser} did not run the scenario.`,
    because: reason,
    next: 'Try again. If it comes back, start the browser by itself and see whether it runs.',
  }),
  'no-host': () => ({
    what: 'The lab cannot be reached.',
    because: 'Its host was stopped, or this page was opened without one.',
    next: 'Start the lab again: this page connects by itself. Predictions go on without it.',
  }),
  internal: () => ({
    what: 'The lab failed at something nobody foresaw.',
    because: 'The details are in the host’s log.',
    next: 'Try again; if it comes back, report it with the log.',
  }),
}

/** @param mishap as it crosses a transport: `LabError.toJSON()`. */
export function mishapText<Code extends MishapCode>(mishap: { code: Code; details: Mishaps[Code] }): MishapText {
  return texts[mishap.code](mishap.details)
}

/** All of it as running text. */
export function mishapSentences(mishap: Parameters<typeof mishapText>[0]): string {
  const { what, because, next } = mishapText(mishap)
  return `${what} ${because} ${next}`
}
