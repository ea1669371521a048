import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { defaultFaultOptions } from '#shared/policy/fault-names'
import { client, open, plainGET, reported, start } from '../../tests/served.ts'
import { usualPatience, type Patience } from './deadlines.ts'

/** Everything but what is tested takes as long as it likes. */
const startWith = (patience: Partial<Patience>) => start({}, { patience: { ...usualPatience, ...patience } })

/** Sends one byte after another until the connection is closed, or the test over. */
function drip(raw: ReturnType<typeof client>, text: string): void {
  let at = 0
  const timer = setInterval(() => raw.socket.writable && raw.send(text[at++ % text.length] ?? ''), 20)
  open.push({ close: () => clearInterval(timer) })
}

describe('a client that is too slow', () => {
  it('is cut without a word where it asks nothing, at first or after an answer', async () => {
    const server = await startWith({ idle: 100 })
    const [silent, satisfied] = [client(server), client(server).send(plainGET)]
    expect((await satisfied.answer()).status).toBe(200)
    expect(await satisfied.all()).toBe('')
    expect(await silent.all()).toBe('')
  })

  it('gets 408 where its head comes a byte at a time, however steadily, and costs the others nothing', async () => {
    const server = await startWith({ head: 200 })
    const slow = Array.from({ length: 50 }, () => client(server))
    for (const each of slow) drip(each, 'GET / HTTP/1.1\r\nX-Endless: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa')
    let answered = 0
    const quick = client(server)
    const all = Promise.all(slow.map((each) => each.all()))
    const slowOnes = () => slow.filter(({ socket }) => !socket.readableEnded && !socket.destroyed)
    while (slowOnes().length > 0) {
      expect((await quick.send(plainGET).answer()).status).toBe(200)
      answered++
      await sleep(5)
    }
    for (const text of await all) expect(text).toMatch(/^HTTP\/1\.1 408 Request Timeout\r\n.*The request was not there in time/s)
    expect(answered).toBeGreaterThan(1)
    const late = (await reported(answered + slow.length)).filter(({ status }) => status === 408)
    expect(late).toHaveLength(slow.length)
    expect(late[0]?.request.size).toBeGreaterThan(1)
  })

  it('gets 408 where its body does not come', async () => {
    const server = await startWith({ body: 100 })
    const raw = client(server).send('PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nabc')
    expect(await raw.all()).toMatch(/^HTTP\/1\.1 408 Request Timeout\r\n/)
  })

  it('is cut where it does not take its answer', async () => {
    const body = 'a'.repeat(32 * 1024 * 1024)
    const server = await start(
      { response: { kind: 'fixed', status: 200, headers: [], body } },
      { patience: { ...usualPatience, answer: 100 } },
    )
    const raw = client(server)
    raw.socket.pause()
    raw.send(plainGET)
    expect(await reported(1)).toMatchObject([{ trouble: expect.stringContaining('gone before the whole answer') as unknown }])
  })

  it('is waited for where the answer is what takes long', async () => {
    const slow = { faults: ['slow-preflight' as const], faultOptions: { ...defaultFaultOptions, preflightDelay: 400 } }
    const server = await start(slow, { patience: { ...usualPatience, idle: 100, head: 100, body: 100 } })
    const raw = client(server).send('OPTIONS / HTTP/1.1\r\nHost: a\r\nOrigin: null\r\nAccess-Control-Request-Method: PUT\r\n\r\n')
    expect((await raw.answer()).status).toBe(204)
  })
})
