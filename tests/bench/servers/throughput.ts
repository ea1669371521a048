import { fire, type Asked } from './autocannon.ts'
import { page, path } from './subject.ts'
import { startMockoon, startSubject, stopSubject, timeOf, type Subject } from './subjects.ts'

const rounds = 8
/** How many times as many requests as each of them the lab has to answer. */
const targets = { 'node:http': 0.6, 'express + cors': 2, '@mockoon/cli': 10 } as const

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
  const peers = [await startSubject('node:http', 'bare'), await startSubject('express + cors', 'express-cors'), await startMockoon()]
  const all = [lab, ...peers]
  for (const subject of all) await check(subject)
  const missed: string[] = []
  for (const what of ['GET', 'preflight'] as const) {
    const best = new Map<Subject, Speed>(all.map((subject) => [subject, { cost: Infinity, perSecond: 0 }]))
    for (const subject of all) await fire(subject.port, what, { duration: 1 })
    for (let round = 0; round < rounds; round++) for (const [subject, speed] of best) await measure(subject, what, speed)
    missed.push(...report(what, best, lab))
  }
  await Promise.all(all.map(stopSubject))
  return missed
}

async function measure(subject: Subject, what: Asked, speed: Speed): Promise<void> {
  const before = await timeOf(subject)
  const { requests, duration } = await fire(subject.port, what, { duration: 1 })
  const cost = ((await timeOf(subject)) - before) / requests.total
  speed.cost = Number.isNaN(cost) ? cost : Math.min(speed.cost, cost)
  speed.perSecond = Math.max(speed.perSecond, requests.total / duration)
}

function report(what: Asked, best: ReadonlyMap<Subject, Speed>, lab: Subject): string[] {
  const title = what === 'GET' ? 'An allowed GET' : 'A preflight'
  const own = best.get(lab) ?? { cost: Infinity, perSecond: 0 }
  console.log(`${title}, policy and log on: ${inWords(own)}`)
  return [...best].flatMap(([{ name }, speed]) => {
    if (name === lab.name) return []
    const ratio = Number.isNaN(speed.cost) ? own.perSecond / speed.perSecond : speed.cost / own.cost
    const target = targets[name as keyof typeof targets]
    console.log(`  ${ratio.toFixed(2)} times ${name} (${inWords(speed)}); to reach: ${target}`)
    return ratio < target ? [`${title}: ${ratio.toFixed(2)} times ${name}, not ${target}`] : []
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
