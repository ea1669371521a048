import { connect } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { writeHead } from '#shared/codecs/raw-http'
import type { HeaderList } from '#shared/fetch/header-list'
import { newMockServer, type MockServer } from '#shared/policy/mock-server'
import { newPolicy } from '#shared/policy/policy'
import { respond } from '#shared/policy/respond'
import { startMockServer } from '#node/mock-server/mock-server'

const page = 'http://localhost:5173'

/** The server after so many edits; no two answer alike. */
const edition = (number: number): MockServer =>
  newMockServer({
    id: 'edited',
    name: 'Edited',
    port: 0,
    policy: { ...newPolicy, origins: [page], maxAge: number, exposedHeaders: [`X-Edition-${number}`] },
    response: { kind: 'fixed', status: 200, headers: [], body: `edition ${number}\n` },
  })

const requests = (
  [
    ['GET', []],
    ['OPTIONS', [['Access-Control-Request-Method', 'PUT']]],
  ] satisfies [string, HeaderList][]
).map(([method, more]) => ({
  method,
  target: '/',
  headerList: [['Host', 'localhost'], ['Origin', page], ...more] as HeaderList,
  body: '',
}))

export interface Outcome {
  readonly answers: number
  /** Answers that were not to the byte those of an edition that held between the request and its answer. */
  readonly wrong: readonly string[]
  readonly errors: readonly string[]
}

/** So many clients ask at once, each again when it has its answer, while the server is edited. */
export async function editUnderLoad({ clients, edits, pause }: { clients: number; edits: number; pause: number }): Promise<Outcome> {
  const server = await startMockServer(edition(0), { onExchange: () => undefined })
  const answers = requests.map((request) => Array.from({ length: edits + 1 }, (_, number) => bytesOf(edition(number), request)))
  const questions = requests.map(({ method, target, headerList }) => writeHead(`${method} ${target} HTTP/1.1`, headerList))
  const outcome = { answers: 0, wrong: [] as string[], errors: [] as string[] }
  let held = 0
  let isOver = false

  const client = (kind: number): Promise<void> =>
    new Promise((resolve) => {
      const socket = connect(server.state().port, '127.0.0.1').setEncoding('latin1')
      let [since, received] = [0, '']
      const ask = () => {
        ;[since, received] = [held, '']
        socket.write(questions[kind] ?? '')
      }
      socket.on('connect', ask)
      socket.on('data', (text: string) => {
        received += text
        const possible = answers[kind]?.slice(since, held + 1) ?? []
        if (!possible.includes(received)) {
          if (possible.some((answer) => answer.startsWith(received))) return
          outcome.wrong.push(received)
        }
        outcome.answers++
        if (isOver) socket.end()
        else ask()
      })
      socket.on('error', (error) => outcome.errors.push(error.message))
      socket.on('close', () => resolve())
    })

  const all = Array.from({ length: clients }, (_, index) => client(index % requests.length))
  for (held = 0; held < edits;) {
    await sleep(pause)
    server.update(edition(++held))
  }
  await sleep(pause)
  isOver = true
  await Promise.all(all)
  await server.stop()
  return outcome
}

function bytesOf(server: MockServer, request: (typeof requests)[number]): string {
  const { status, statusMessage, headerList, body } = respond(server, request)
  return writeHead(`HTTP/1.1 ${status} ${statusMessage}`, headerList) + body
}
