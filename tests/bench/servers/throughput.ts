import { fire, type Asked } from './autocannon.ts'
import { page, path } from './subject.ts'
import { startMockoon, startSubject, stopSubject, type Subject } from './subjects.ts'

const rounds = 3
const seconds = 3
/** How many times as fast as each of them the lab has to be. */
const targets = { 'node:http': 0.6, 'express + cors': 2, '@mockoon/cli': 10 } as const

/** Requests a second, each server in turn, and in the next round again: the best of each, so that a busy machine does not count. */
export async function throughput(): Promise<string[]> {
  const lab = await startSubject('the lab', 'lab')
  const peers = [await startSubject('node:http', 'bare'), await startSubject('express + cors', 'express-cors'), await startMockoon()]
  const all = [lab, ...peers]
  for (const subject of all) await check(subject)
  const missed: string[] = []
  for (const what of ['GET', 'preflight'] as const) {
    const best = new Map<Subject, number>(all.map((subject) => [subject, 0]))
    for (const subject of all) await fire(subject.port, what, { duration: 1 })
    for (let round = 0; round < rounds; round++)
      for (const subject of all) {
        const { requests } = await fire(subject.port, what, { duration: seconds })
        best.set(subject, Math.max(best.get(subject) ?? 0, requests.average))
      }
    missed.push(...report(what, best, lab))
  }
  await Promise.all(all.map(stopSubject))
  return missed
}

function report(what: Asked, best: ReadonlyMap<Subject, number>, lab: Subject): string[] {
  const title = what === 'GET' ? 'An allowed GET' : 'A preflight'
  const own = best.get(lab) ?? 0
  console.log(`${title}: ${own.toFixed(0)} a second, policy and log on`)
  return [...best].flatMap(([{ name }, perSecond]) => {
    if (name === lab.name) return []
    const [ratio, target] = [own / perSecond, targets[name as keyof typeof targets]]
    console.log(`  ${ratio.toFixed(2)} times ${name} (${perSecond.toFixed(0)} a second); to reach: ${target}`)
    return ratio < target ? [`${title}: ${ratio.toFixed(2)} times ${name}, not ${target}`] : []
  })
}

/** It answers what the others answer. */
async function check({ name, port }: Subject): Promise<void> {
  const answer = await fetch(`http://127.0.0.1:${port}${path}`, { headers: { Origin: page } })
  if (answer.status !== 200 || answer.headers.get('Access-Control-Allow-Origin') !== page)
    throw new Error(`${name} answers ${answer.status} with ${JSON.stringify([...answer.headers])}.`)
}
