import { describe, expect, it } from 'vitest'
import { newMockServer, type MockServer } from '#shared/policy/mock-server'
import { newPolicy, type Policy } from '#shared/policy/policy'
import type { Scenario } from '#shared/scenario/scenario'
import { findFixes } from './find-fixes.ts'
import type { World } from './world.ts'

const page = 'http://app.example.com'
const policy: Policy = { ...newPolicy, origins: [page] }

function world(
  request: Partial<Scenario['request']>,
  server: Partial<MockServer> = {},
  scenarioPage: Scenario['page'] = { origin: page },
): World {
  return {
    scenario: { id: 's', page: scenarioPage, request: { api: 'fetch', url: 'http://localhost:4001/orders', headers: [], ...request } },
    servers: [{ server: newMockServer({ id: 'a', name: 'A', port: 4001, policy, ...server }), port: 4001 }],
  }
}

const labels = (of: World) => findFixes(of, 'standard').map((fix) => fix.labels.join(' + '))

describe('fixes', () => {
  it('are none where the script can read, and none where nobody answers', () => {
    expect(findFixes(world({}), 'standard')).toEqual([])
    expect(findFixes({ ...world({}), servers: [] }, 'standard')).toEqual([])
  })

  it('allow an origin by name first, and anybody last', () => {
    const fixes = findFixes(world({}, { policy: { ...policy, origins: [] } }), 'standard')
    expect(fixes.map(({ labels: said }) => said)).toEqual([
      [`Allow the origin \`${page}\``],
      ['Allow any origin (`*`)'],
      ['Allow whoever asks'],
    ])
    expect(fixes.map(({ danger }) => danger)).toEqual(['origin', 'any-site', 'any-site'])
    expect(fixes[0]?.allowedIn).toEqual(['chromium', 'firefox', 'webkit', 'standard'])
  })

  it('say what any site could do with credentials, and rank it last', () => {
    const fixes = findFixes(world({ credentials: 'include' }, { policy: { ...policy, origins: [], credentials: true } }), 'standard')
    expect(fixes[0]?.labels).toEqual([`Allow the origin \`${page}\``])
    expect(fixes.at(-1)).toMatchObject({
      danger: 'any-site-with-credentials',
      costs: ['Any site could read this with the visitor’s cookies.'],
    })
  })

  it('name the origin in place of `*` for a request with credentials, and do not offer `*` for it', () => {
    const said = labels(world({ credentials: 'include' }, { policy: { ...policy, origins: 'any', credentials: true } }))
    expect(said).toContain(`Allow the origin \`${page}\``)
    expect(said).toContain('Send no credentials to other origins')
    expect(said.some((label) => label.includes('`*`'))).toBe(false)
  })

  it('allow the headers that are missing, all at once, or leave them out', () => {
    const said = labels(
      world({
        method: 'PUT',
        headers: [
          ['X-A', '1'],
          ['X-B', '2'],
        ],
      }),
    )
    expect(said).toContain('Allow the request headers `x-a` and `x-b`')
    expect(said).toContain('Leave out `X-A` and `X-B`')
  })

  it('say in which engines a fix holds: Firefox and WebKit ask for `save-data`, too', () => {
    const fixes = findFixes(
      world({
        headers: [
          ['Save-Data', 'on'],
          ['X-A', '1'],
        ],
      }),
      'chromium',
    )
    const [alone, all] = ['Allow the request header `x-a`', 'Allow the request headers `save-data` and `x-a`'].map((label) =>
      fixes.find((fix) => fix.labels[0]?.split('`').toSorted().join() === label.split('`').toSorted().join()),
    )
    expect(alone?.allowedIn).toEqual(['chromium'])
    expect(all?.allowedIn).toEqual(['chromium', 'firefox', 'webkit', 'standard'])
    expect(fixes.indexOf(all!)).toBeLessThan(fixes.indexOf(alone!))
  })

  it('take several edits where one does not do', () => {
    const blocked = world(
      { method: 'DELETE', headers: [['X-A', '1']], credentials: 'include' },
      { policy: { ...newPolicy, origins: [], methods: [], requestHeaders: [] } },
    )
    expect(findFixes(blocked, 'standard').map((fix) => fix.labels.toSorted())).toContainEqual(
      ['Allow credentials', 'Allow the method `DELETE`', `Allow the origin \`${page}\``, 'Allow the request header `x-a`'].toSorted(),
    )
  })

  it.each(['preflight-needs-auth', 'options-not-routed', 'allow-origin-twice', 'origin-with-slash', 'connection-dropped'] as const)(
    'turn off the fault %s',
    (fault) => {
      const [first] = findFixes(world({ method: 'PUT' }, { faults: [fault] }), 'standard')
      expect(first).toMatchObject({ danger: 'none' })
      expect(first?.labels[0]).toMatch(/^Turn off the fault/)
      expect(first?.world.servers[0]?.server.faults).toEqual([])
    },
  )

  it('ask for the URL that a preflight is redirected to', () => {
    const response = { kind: 'redirect' as const, status: 308, headers: [], location: '/all' }
    const moved = {
      id: 'r',
      method: 'PUT',
      path: '/orders',
      response,
      delay: 0,
      needsCredentials: false,
      cookies: [],
      policy: {
        ...policy,
        preflightStatus: 308,
        headerEdits: [{ edit: 'extra' as const, on: 'preflight' as const, name: 'Location', value: '/all' }],
      },
      faults: null,
    }
    expect(labels(world({ method: 'PUT' }, { routes: [moved] }))).toContain('Ask for `http://localhost:4001/all` at once')
  })

  it('mend what the API refuses', () => {
    expect(labels(world({ method: 'GET', body: 'a' }))).toEqual(expect.arrayContaining(['Send no body', 'Ask with `POST`']))
    expect(labels(world({ headers: [['X A', '1']] }))).toEqual(['Leave out `X A`'])
  })

  it('write `patch` as the policy lists it', () => {
    expect(labels(world({ method: 'patch' }))).toContain('Write the method as `PATCH`')
  })

  it('make an opaque response readable by mode `cors`', () => {
    expect(labels(world({ mode: 'no-cors' }))).toEqual(['Ask in mode `cors`'])
  })

  it('warn that any site can be `null`', () => {
    const [first] = findFixes(world({}, {}, { origin: page, sandboxed: true }), 'standard')
    expect(first).toMatchObject({ danger: 'any-site' })
  })

  it('change the policy of the route that has its own', () => {
    const route = {
      id: 'r',
      method: 'GET',
      path: '/orders',
      response: { kind: 'echo' as const },
      delay: 0,
      needsCredentials: false,
      cookies: [],
      faults: null,
    }
    const [first] = findFixes(world({}, { routes: [{ ...route, policy: { ...policy, origins: [] } }] }), 'standard')
    expect(first?.world.servers[0]?.server).toMatchObject({ policy, routes: [{ policy: { origins: [page] } }] })
  })

  it('show what would go over the wire otherwise', () => {
    const [first] = findFixes(world({ headers: [['X-A', '1']] }), 'standard')
    expect(first?.changes).toEqual([
      {
        message: 'preflight',
        removed: ['Access-Control-Allow-Headers: content-type'],
        added: ['Access-Control-Allow-Headers: content-type, x-a'],
      },
    ])
  })

  it('show it for the engine that is asked: Chromium sends no preflight for Save-Data, the standard does', () => {
    const refused = world({ headers: [['Save-Data', 'on']] }, { policy: { ...policy, origins: [] }, faults: ['preflight-redirected'] })
    const [first] = findFixes(refused, 'chromium')
    expect(first?.changes).toEqual([{ message: 'response', removed: [], added: [`Access-Control-Allow-Origin: ${page}`] }])
  })
})
