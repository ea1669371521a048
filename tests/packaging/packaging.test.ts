import { listPackage, extractFile } from '@electron/asar'
import { copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { build, Platform } from 'electron-builder'

const root = resolve(import.meta.dirname, '../..')
let folder: string
let archive: string

/**
 * Builds the unpacked Linux app around an empty file in the place of Electron's program: everything that is ours, without a download.
 * electron-builder holds electron-builder.yml against its schema first.
 */
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'corslab-packaging-'))
  const electron = join(folder, 'electron')
  await mkdir(join(electron, 'resources'), { recursive: true })
  await mkdir(join(electron, 'locales'))
  for (const name of ['electron', 'LICENSE', 'LICENSES.chromium.html']) await writeFile(join(electron, name), '')
  await build({
    projectDir: root,
    targets: Platform.LINUX.createTarget('dir'),
    publish: 'never',
    config: {
      extends: join(root, 'electron-builder.yml'),
      electronDist: electron,
      electronFuses: null,
      directories: { output: join(folder, 'dist') },
    },
  })
  // Not read in place: @electron/asar keeps what it has read of an archive by its path.
  archive = join(folder, 'app.asar')
  await copyFile(join(folder, 'dist/linux-unpacked/resources/app.asar'), archive)
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const paths = () => listPackage(archive, { isPack: false }).map((path) => path.replaceAll('\\', '/'))
const read = (path: string) => extractFile(archive, path).toString()

describe('the packaged app', () => {
  it('holds the three bundles, and starts with main', () => {
    expect(paths()).toEqual(
      expect.arrayContaining(['/out/main/index.js', '/out/preload/index.cjs', '/out/renderer/index.html', '/package.json']),
    )
    expect((JSON.parse(read('package.json')) as { main: string }).main).toBe('out/main/index.js')
  })

  it('holds every package that main asks for, and none that is needed for building only', async () => {
    const main = paths().filter((path) => /^\/out\/main\/.*\.js$/.test(path))
    const asked = main.flatMap((path) => [...read(path.slice(1)).matchAll(/^import .*?"([^."#][^"]*)";$/gm)].map(([, name]) => name!))
    const packages = asked.filter((name) => name !== 'electron' && !name.startsWith('node:'))
    const there = new Set(paths().flatMap((path) => /^\/node_modules\/([^/]+)/.exec(path)?.[1] ?? []))
    expect(packages).toContain('undici')
    expect([...there]).toEqual(expect.arrayContaining(packages))
    const { devDependencies } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as {
      devDependencies: Record<string, string>
    }
    expect(Object.keys(devDependencies).filter((name) => there.has(name.split('/')[0]!))).toEqual([])
  })

  it('holds no sources, tests, maps or tools', () => {
    const ours = paths().filter((path) => !path.startsWith('/node_modules'))
    expect(
      ours.filter((path) => /\.(ts|vue|map|ndjson|md)$|\/(tests|scripts|docs|shared|node|electron|resources)(\/|$)/.test(path)),
    ).toEqual([])
  })

  it('has a preload that asks for nothing but electron, for its sandbox has nothing else', () => {
    const asked = [...read('out/preload/index.cjs').matchAll(/require\(["'`]([^"'`]+)/g)].map(([, name]) => name)
    expect(new Set(asked)).toEqual(new Set(['electron']))
  })

  it('has a page without inline scripts, which its policy would stop', () => {
    const page = read('out/renderer/index.html')
    expect(page).toContain('<script type="module"')
    for (const [, attributes, content] of page.matchAll(/<script([^>]*)>([^<]*)/g)) {
      expect(attributes).toContain('src=')
      expect(content!.trim()).toBe('')
    }
  })
})

describe('the icons', () => {
  it.each(['16x16', '32x32', '48x48', '64x64', '128x128', '256x256', '512x512', '1024x1024'])('are there at %s', async (size) => {
    const png = await readFile(join(root, 'resources/icons', `${size}.png`))
    expect(`${png.readUInt32BE(16)}x${png.readUInt32BE(20)}`).toBe(size)
  })

  it('are there for Windows and macOS', async () => {
    const ico = await readFile(join(root, 'resources/icon.ico'))
    expect([...ico.subarray(0, 4)]).toEqual([0, 0, 1, 0])
    const icns = await readFile(join(root, 'resources/icon.icns'))
    expect(icns.toString('latin1', 0, 4)).toBe('icns')
    expect(icns.readUInt32BE(4)).toBe(icns.length)
  })
})
