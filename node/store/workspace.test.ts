import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { exampleWorkspace } from '#shared/scenario/example-workspace'
import type { Workspace } from '#shared/scenario/workspace'
import { workspaceIn } from './workspace.ts'

let folder: string
let file: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cors-lab-'))
  file = join(folder, 'workspace.json')
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const named = (name: string): Workspace => ({ ...exampleWorkspace, name })

describe('a workspace file', () => {
  it('opens the example where there is no file, and writes none', async () => {
    expect(await workspaceIn(file).read()).toEqual({ workspace: exampleWorkspace, trouble: null })
    expect(await readdir(folder)).toEqual([])
  })

  it('is reopened exactly as it was left, the order of a form’s fields included', async () => {
    const [request] = exampleWorkspace.requests
    if (request === undefined) throw new Error('the example has requests')
    const body = { kind: 'urlencoded' as const, value: { z: '1', a: '2' } }
    const workspace = { ...named('Mine'), requests: [{ ...request, request: { ...request.request, body } }] }
    await workspaceIn(file).save(workspace)
    const opened = await workspaceIn(file).read()
    expect(opened).toEqual({ workspace, trouble: null })
    expect(JSON.stringify(opened.workspace.requests[0]?.request.body)).toBe(JSON.stringify(body))
  })

  it('has sorted keys, two spaces of indent and a version', async () => {
    await workspaceIn(file).save(named('Mine'))
    const text = await readFile(file, 'utf8')
    expect(text).toMatch(/^\{\n {2}"name": "Mine",\n {2}"requests": \[/)
    expect(text).toMatch(/\n {2}"version": 1\n\}\n$/)
  })

  it('makes the folder it lies in', async () => {
    const deeper = join(folder, 'a', 'b', 'workspace.json')
    await workspaceIn(deeper).save(named('Mine'))
    expect((await workspaceIn(deeper).read()).workspace.name).toBe('Mine')
  })

  it('keeps the last of many saves asked for at once, and leaves nothing else behind', async () => {
    const workspace = workspaceIn(file)
    await Promise.all(Array.from({ length: 20 }, (_, n) => workspace.save(named(`save ${n}`))))
    expect((await workspace.read()).workspace.name).toBe('save 19')
    expect(await readdir(folder)).toEqual(['workspace.json'])
  })

  it('stays a symbolic link where it is one', async () => {
    const target = join(folder, 'elsewhere.json')
    await writeFile(target, '{}')
    await symlink(target, file)
    await workspaceIn(file).save(named('Mine'))
    expect(JSON.parse(await readFile(target, 'utf8'))).toMatchObject({ name: 'Mine' })
  })

  it.each([
    ['{\n  "name": "x",\n}', 'Line 3, column 1: this is not JSON.'],
    ['', 'Line 1, column 1: this is not JSON.'],
    ['null', 'The whole file: '],
    [JSON.stringify({ ...exampleWorkspace, version: 2 }), 'The field version: '],
    [JSON.stringify({ ...exampleWorkspace, servers: [{ ...exampleWorkspace.servers[0], port: 'x' }] }), 'The field servers.0.port: '],
  ])('says where %j is broken, and keeps it', async (text, place) => {
    await writeFile(file, text)
    const { workspace, trouble } = await workspaceIn(file).read()
    expect(workspace).toEqual(exampleWorkspace)
    expect(trouble).toContain(place)
    expect(trouble).toContain('workspace.broken-1.json')
    expect(await readFile(file, 'utf8')).toBe(text)

    await workspaceIn(file).save(named('Mine'))
    expect(await readFile(join(folder, 'workspace.broken-1.json'), 'utf8')).toBe(text)
  })

  it('keeps a file aside that was broken after it was read', async () => {
    const workspace = workspaceIn(file)
    await workspace.read()
    await writeFile(file, '<<<<<<< HEAD')
    await workspace.save(named('Mine'))
    expect(await readFile(join(folder, 'workspace.broken-1.json'), 'utf8')).toBe('<<<<<<< HEAD')
  })

  it('keeps each broken file once, under a name of its own', async () => {
    for (const text of ['a', 'a', 'b']) {
      await writeFile(file, text)
      await workspaceIn(file).read()
    }
    expect((await readdir(folder)).sort()).toEqual(['workspace.broken-1.json', 'workspace.broken-2.json', 'workspace.json'])
  })

  it('leaves the file as it was where it cannot be written', async () => {
    await workspaceIn(file).save(named('Before'))
    // A folder in place of the temporary file's folder would need another user's rights; a file in place of the folder needs nobody's.
    const inside = join(file, 'workspace.json')
    await expect(workspaceIn(inside).save(named('After'))).rejects.toMatchObject({ code: expect.stringMatching(/^file-un/) as unknown })
    expect((await workspaceIn(file).read()).workspace.name).toBe('Before')
  })

  it('does not take a folder for a file', async () => {
    await mkdir(file)
    await expect(workspaceIn(file).read()).rejects.toMatchObject({ code: 'file-unreadable', details: { file } })
  })

  it('goes on saving after a save failed', async () => {
    const workspace = workspaceIn(file)
    await mkdir(file)
    await expect(workspace.save(named('No'))).rejects.toMatchObject({ code: 'file-unreadable' })
    await rm(file, { recursive: true })
    await workspace.save(named('Yes'))
    expect((await workspace.read()).workspace.name).toBe('Yes')
  })
})
