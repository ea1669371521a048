import { fire, type Asked } from './autocannon.ts'
import { page, path } from './subject.ts'
import { startMockoon, startSubject, stopSubject, timeOf, type Subject } from './subjects.ts'

const rounds = 8
/** Threads that ask: one alone does not keep a quick server busy, and one that waits pays for falling asleep and being woken, each time. */
const workers = 2
/** How many times as many requests as each of them the lab has to answer. */
const targets: Readonly<Record<string, number>> = { 'node:http': 0.6, 'express + cors': 2, '@mockoon/cli': 10 }
/** As browsers do; as other benchmarks do, ten before the first answer; and as nobody does, where nothing known helps, without a target. */
const ways: readonly Way[] = [
  { title: 'one at a time', pipelining: 1, isFresh: false },
  { title: '10 at a time', pipelining: 10, isFresh: false },
  { title: 'no two alike', pipelining: 1, isFresh: true },
]

interface Way {
  readonly title: string
  readonly pipelining: number
  readonly isFresh: boolean
}

interface Speed {
  /** Microseconds of its processor time that a request takes. */
  cost: number
  perSecond: number
}

/**
 * Each server in turn, and in the next round again: the best of each. Held against each other are the requests that a second of the server's own
 * processor time is enough for: what it would answer with a core to itself, whatever else the machine does, the client included. Only of Mockoon,
 * which is many times slower, those that were seen are.
 */
export async function throughput(): Promise<string[]> {
  const lab = await startSubject('the lab', 'lab')
  const peers = [
    await startSubject('node:net that writes fixed bytes', 'floor'),
    await startSubject('node:http', 'bare'),
    await startSubject('express + cors', 'express-cors'),
    await startMockoon(),
  ]
  const all = [lab, ...peers]
  for (const subject of all) await check(subject)
  const missed: string[] = []
  for (const way of ways) {
    // The floor answers what comes together as one; who is slowest keeps its pace.
    const asked = way.title === 'one at a time' ? all : all.filter(({ name }) => [lab.name, 'node:http', 'express + cors'].includes(name))
    for (const what of ['GET', 'preflight'] as const) {
      const best = new Map<Subject, Speed>(asked.map((subject) => [subject, { cost: Infinity, perSecond: 0 }]))
      for (const subject of asked) await fire(subject.port, what, { duration: 1, workers, ...way })
      for (let round = 0; round < rounds; round++) for (const [subject, speed] of best) await measure(subject, what, way, speed)
      const title = `${what === 'GET' ? 'An allowed GET' : 'A preflight'}, ${way.title}`
      missed.push(...report(title, best, lab, way.isFresh ? {} : targets))
    }
  }
  await Promise.all(all.map(stopSubject))
  return missed
}

async function measure(subject: Subject, what: Asked, way: Way, speed: Speed): Promise<void> {
  const before = await timeOf(subject)
  const { requests, duration } = await fire(subject.port, what, { duration: 1, workers, ...way })
  const cost = ((await timeOf(subject)) - before) / requests.total
  speed.cost = Number.isNaN(cost) ? cost : Math.min(speed.cost, cost)
  speed.perSecond = Math.max(speed.perSecond, requests.total / duration)
}

function report(title: string, best: ReadonlyMap<Subject, Speed>, lab: Subject, wanted: Partial<typeof targets>): string[] {
  const own = best.get(lab) ?? { cost: Infinity, perSecond: 0 }
  console.log(`${title}, policy and log on: ${inWords(own)}`)
  return [...best].flatMap(([{ name }, speed]) => {
    if (name === lab.name) return []
    const ratio = Number.isNaN(speed.cost) ? own.perSecond / speed.perSecond : speed.cost / own.cost
    const target = wanted[name]
    console.log(`  ${ratio.toFixed(2)} times ${name} (${inWords(speed)})${target === undefined ? '' : `; to reach: ${target}`}`)
    return target !== undefined && ratio < target ? [`${title}: ${ratio.toFixed(2)} times ${name}, not ${target}`] : []
  })
}

const inWords = ({ cost, perSecond }: Speed): string =>
  [...(Number.isNaN(cost) ? [] : [`${cost.toFixed(1)} µs of processor time each`]), `${perSecond.toFixed(0)} a second were seen`].join('; ')

/** It answers what the others answer. */
async function check({ name, port }: Subject): Promise<void> {
  const answer = await fetch(`http://127.0.0.1:${port}${path}`, { headers: { Origin: page } })
  if (answer.status !== 200 || answer.headers.get('Access-Control-Allow-Origin') !== page)
    throw new Error(`${name} answers ${answer.status} with ${JSON.stringify([...answer.headers])}.`)
}
