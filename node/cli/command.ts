import { LabError } from '#shared/contract/errors'
import { mishapSentences } from '#shared/contract/mishap-text'
import { UsageError } from './command-line.ts'
import { exitCodes, type ExitCode } from './exit-codes.ts'
import { version } from './version.ts'

const help = `CORS Lab ${version}: what a browser does with a cross-origin request, and why.

  corslab web [--port N] [--no-open] [--data DIR]
      The lab in a browser tab, on 127.0.0.1 alone.

  corslab predict [FILE] [--browser NAME] [--json]
      Says what a browser would do, without sending anything. Scenarios come one a line from FILE or standard input;
      a FILE that ends in .json holds one.

  corslab run FILE [--browser NAME] [--timeout MS] [--json]
      Really sends the scenario in FILE (- for standard input), as that browser would.

  corslab serve FILE… [--port N] [--data DIR] [--json]
      Starts the mock servers of workspaces or server files, says where they are and prints a line for each request.
      A changed file holds from the next request on; a broken one is named, and the servers go on as they were.

  corslab verify [FILE] --browser NAME [--lanes N] [--timeout MS] [--network] [--record DIR]
                 [--json]
      Runs scenarios in a real browser of this machine and holds predictions against it. --json prints what it did,
      one object a line. NAME may be the path of a browser's program.

  corslab --help | --version

  --browser   standard (unless said otherwise), chromium, firefox or webkit
  --json      one JSON object a line, for programs
  --lanes     how many scenarios a browser runs at once; 4 unless said otherwise
  --network   hosts of the scenario that have no answers in it are asked for real; otherwise nothing leaves this machine
  --record    a folder: what the browser did goes to ENGINE.ndjson there, its version to ENGINE.json
  --timeout   milliseconds the whole run may take, 30000 unless said otherwise; verify: each scenario, 8000
  --port      where to listen; serve gives it to its first server, the ports after it to the others, and any free ones for 0
  --data      the folder of the workspace and of the lab's certificates; CORSLAB_DATA does the same

Exit codes: 0 the script would read the response (predict: every line was predicted; verify: the browser did as predicted;
serve: a signal stopped it), 1 it would not (verify: the browser did otherwise), 2 the command line, a scenario or a server
file is not one, 3 the lab could not do it (verify: the browser could not be run).
`

/** Each verb's code is loaded when it is called, for the others need not wait for it. */
const verbs: Readonly<Record<string, () => Promise<(args: string[]) => Promise<ExitCode>>>> = {
  web: async () => (await import('./web.ts')).webVerb,
  predict: async () => (await import('./predict.ts')).predictVerb,
  verify: async () => (await import('./verify.ts')).verifyVerb,
  run: async () => (await import('./run.ts')).runVerb,
  serve: async () => (await import('./serve.ts')).serveVerb,
}

// Whoever read our output has seen enough, as in `corslab predict … | head`.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? exitCodes.done : exitCodes.failed))

/** The whole command line; what it answers is for the process to end with. Never throws. */
export async function main([word = '', ...args]: string[]): Promise<ExitCode> {
  if (word === '--version') return say(version)
  if (word === '--help' || args.includes('--help')) return say(help)
  const verb = Object.hasOwn(verbs, word) ? verbs[word] : undefined
  if (!verb) return misused(word ? `There is no command ${word}.` : 'Which command?')
  try {
    return await (
      await verb()
    )(args)
  } catch (error) {
    return failed(error)
  }
}

function failed(error: unknown): ExitCode {
  if (error instanceof UsageError || isParseArgsError(error)) return misused(error.message)
  if (!(error instanceof LabError)) {
    console.error(error)
    return exitCodes.failed
  }
  console.error(mishapSentences(error))
  return error.code === 'not-a-scenario' || error.code === 'not-servers' ? exitCodes.usage : exitCodes.failed
}

const isParseArgsError = (error: unknown): error is Error =>
  error instanceof Error && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS')

function misused(why: string): ExitCode {
  console.error(`${why}\ncorslab --help tells what there is.`)
  return exitCodes.usage
}

function say(text: string): ExitCode {
  console.log(text.trimEnd())
  return exitCodes.done
}
