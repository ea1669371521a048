import { describe, expect, it } from 'vitest'
import { newMockServer } from '#shared/policy/mock-server'
import { newPolicy, type Policy } from '#shared/policy/policy'
import type { Sweep } from '#shared/scenario/sweep'
import { cellCount, columnsOf, scenarioOfCell } from './cells.ts'
import { cellChange } from './comparison.ts'
import { sweepAsCSV, sweepAsJSON } from './export.ts'
import { predictRow, summaryOf, verdictIn, type CellVerdicts } from './verdicts.ts'

const page = 'http://app.example.com'
const sweep: Sweep = {
  id: 's',
  name: 'Who may do what',
  server: 'a',
  path: '/orders',
  origins: [page, 'http://evil.example', 'null'],
  methods: ['GET', 'PUT', 'patch'],
  headerSets: [[], [['Save-Data', 'on']]],
  credentials: ['same-origin'],
}
const rowsUnder = (policy: Partial<Policy>) => {
  const server = newMockServer({ id: 'a', name: 'A', port: 4001, policy: { ...newPolicy, origins: [page], ...policy } })
  return sweep.origins.map((origin) => predictRow(sweep, { server, port: 4001, origin: 'http://localhost:4001' }, origin))
}

describe('a sweep', () => {
  it('is every origin with every method, header set and credentials mode', () => {
    expect(cellCount(sweep)).toBe(18)
    expect(columnsOf(sweep).map(({ method, headers }) => `${method} ${headers.length}`)).toEqual([
      'GET 0',
      'PUT 0',
      'patch 0',
      'GET 1',
      'PUT 1',
      'patch 1',
    ])
  })

  it('asks for `null` from a sandboxed frame', () =>
    expect(scenarioOfCell(sweep, 'http://localhost:4001', 'null', columnsOf(sweep)[0]!).page.sandboxed).toBe(true))

  it('says for each cell what each engine makes of it', () => {
    const [own, evil, opaque] = rowsUnder({}).map((row) => row.map((verdicts) => summaryOf(verdicts)))
    expect(own?.map(({ kind, letters }) => `${kind} ${letters}`.trim())).toEqual([
      'read',
      'read P',
      'blocked P',
      'differs 1/4',
      'differs 1/4',
      'blocked P',
    ])
    expect(evil?.[0]).toEqual({ kind: 'blocked', letters: 'C' })
    expect(evil?.[1]).toEqual({ kind: 'blocked', letters: 'P' })
    // Chromium sends `Save-Data` without a preflight, so that the handler runs; the others stop before.
    expect(opaque?.[3]).toEqual({ kind: 'blocked', letters: 'C P' })
    expect(verdictIn(rowsUnder({})[0]![3]!, 'chromium')).toBe('read')
  })

  it('says what a change of the policy opens and closes', () => {
    const [before, after] = [rowsUnder({}), rowsUnder({ origins: ['http://evil.example'] })]
    expect(cellChange(before[0]![0]!, after[0]![0]!, null)).toBe('closes')
    expect(cellChange(before[1]![0]!, after[1]![0]!, null)).toBe('opens')
    expect(cellChange(before[2]![0]!, after[2]![0]!, null)).toBe('same')
    expect(cellChange(before[0]![3]!, rowsUnder({ requestHeaders: ['save-data'] })[0]![3]!, 'chromium')).toBe('same')
    expect(cellChange(before[0]![3]!, rowsUnder({ requestHeaders: ['save-data'] })[0]![3]!, 'firefox')).toBe('opens')
  })
})

describe('a sweep as a file', () => {
  const rows = rowsUnder({})

  it('is a line a cell in CSV, with a head', () => {
    const lines = sweepAsCSV(sweep, rows).trimEnd().split('\r\n')
    expect(lines).toHaveLength(19)
    expect(lines[0]).toContain('origin,method,headers,credentials,Chromium 156')
    expect(lines[4]).toBe(`${page},GET,Save-Data: on,same-origin,read,preflight,preflight,preflight,,,,`)
  })

  it('lets no cell be a formula, and keeps commas and quotes', () => {
    const odd = {
      ...sweep,
      origins: ['=HYPERLINK("https://evil.example")'],
      methods: ['GET'],
      headerSets: [[['X-A', 'a,b'] as [string, string]]],
    }
    const verdicts: CellVerdicts[] = [['read', 'read', 'read', 'read']]
    expect(sweepAsCSV(odd, [verdicts]).split('\r\n')[1]).toBe(
      `"'=HYPERLINK(""https://evil.example"")",GET,"X-A: a,b",same-origin,read,read,read,read,,,,`,
    )
  })

  it('says beside what was predicted what happened', () => {
    const happenedAt = (row: number, column: number, profile: string) => (row === 0 && column === 3 && profile === 'webkit' ? 'read' : null)
    expect(sweepAsCSV(sweep, rows, happenedAt).split('\r\n')[4]).toBe(
      `${page},GET,Save-Data: on,same-origin,read,preflight,preflight,preflight,,,read,`,
    )
    expect(sweepAsJSON(sweep, rows, happenedAt)).toContain('"happened": {\n        "webkit": "read"')
  })

  it('is the sweep and its cells in JSON', () => {
    const { sweep: said, cells } = JSON.parse(sweepAsJSON(sweep, rows)) as { sweep: Sweep; cells: unknown[] }
    expect(said).toEqual(sweep)
    expect(cells).toHaveLength(18)
    expect(cells[0]).toMatchObject({ origin: page, method: 'GET', predicted: { standard: 'read' }, happened: {} })
  })
})
