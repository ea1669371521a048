import { describe, expect, it } from 'vitest'
import { dispatch } from './dispatch.ts'
import { LabError } from './errors.ts'
import type { LabService } from './methods.ts'

const received: unknown[] = []
const reported: unknown[] = []
const unforeseen = new Error('ENOENT: /home/somebody/secret')
/** Only what these tests call; the compiler asks the real service for every method. */
const service = {
  'mock-server.stop': ({ id }: { id: string }) =>
    id === 'gone'
      ? Promise.reject(new LabError('no-such-server', { id }))
      : id === 'broken'
        ? Promise.reject(unforeseen)
        : Promise.resolve(undefined),
  'run.start': (input: unknown) => {
    received.push(input)
    return Promise.resolve({ runId: 'r' })
  },
} as unknown as LabService
const call = (name: unknown, input: unknown) => dispatch(service, name, input, (error) => reported.push(error))

describe('dispatch', () => {
  it('hands on the parsed input: defaults filled in, what nobody asked for left out', async () => {
    const scenario = {
      id: 's',
      page: { origin: 'https://app.example' },
      request: { api: 'fetch', url: 'http://localhost:4001/' },
      extra: 1,
    }
    expect(await call('run.start', { scenario, profile: 'firefox' })).toEqual({ ok: true, value: { runId: 'r' } })
    expect(received).toEqual([
      {
        scenario: {
          id: 's',
          page: { origin: 'https://app.example' },
          request: { api: 'fetch', url: 'http://localhost:4001/', headers: [] },
        },
        profile: 'firefox',
        timeout: 30_000,
      },
    ])
  })

  const notNames: unknown[] = [
    '__proto__',
    'toString',
    'valueOf',
    'run',
    '',
    undefined,
    null,
    7,
    {},
    ['run.start'],
    { toString: 'x' },
    Symbol('x'),
  ]
  it.each(notNames.map((name) => ({ name })))('knows no method $name', async ({ name }) =>
    expect(await call(name, {})).toMatchObject({ ok: false, error: { code: 'unknown-method' } }),
  )

  it('says at most 100 characters of an unknown name', async () =>
    expect(await call('x'.repeat(1_000_000), {})).toEqual({
      ok: false,
      error: { code: 'unknown-method', details: { name: 'x'.repeat(100) } },
    }))

  it.each<{ input: unknown; field: string }>([
    { input: undefined, field: '' },
    { input: null, field: '' },
    { input: 'text', field: '' },
    { input: {}, field: 'id' },
    { input: { id: 7 }, field: 'id' },
    { input: { id: { toString: 'x' } }, field: 'id' },
  ])('names the field of an input of the wrong shape: $input', async ({ input, field }) => {
    const reply = await call('mock-server.stop', input)
    expect(reply).toMatchObject({ ok: false, error: { code: 'invalid-input' } })
    if (!reply.ok) expect(Object.keys((reply.error as ReturnType<LabError<'invalid-input'>['toJSON']>).details.issues)).toEqual([field])
  })

  it('names a field deep inside by its path', async () =>
    expect(
      await call('run.start', { scenario: { id: 's', page: { origin: 7 }, request: { api: 'fetch', url: '' } }, profile: 'standard' }),
    ).toMatchObject({
      error: { details: { issues: { 'scenario.page.origin': [expect.any(String)] } } },
    }))

  it('lets a mishap cross with its facts', async () =>
    expect(await call('mock-server.stop', { id: 'gone' })).toEqual({
      ok: false,
      error: { code: 'no-such-server', details: { id: 'gone' } },
    }))

  it('keeps the text of an unforeseen error, and reports it', async () => {
    expect(await call('mock-server.stop', { id: 'broken' })).toEqual({ ok: false, error: { code: 'internal', details: {} } })
    expect(reported).toEqual([unforeseen])
  })
})
