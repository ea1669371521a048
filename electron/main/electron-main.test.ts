import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ipcMain, protocol, type WebContents } from 'electron'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { methods, type LabService, type MethodName } from '#shared/contract/methods'
import { readRendererFiles } from '#node/web-host/renderer-files'
import { double, preventable } from '../../tests/electron-double.ts'
import { isExternalLink } from './external-links.ts'
import { exposeOverIpc } from './ipc.ts'
import { setMenu } from './menu.ts'
import { pageURL, registerPageScheme, servePage } from './page-protocol.ts'
import { createWindow } from './window.ts'
import { readWindowState } from './window-state.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'corslab-electron-'))
  double.paths.set('userData', folder)
  double.windows.length = 0
  double.openedExternally.length = 0
  double.handlers.clear()
})
afterEach(() => rm(folder, { recursive: true }))

/** The window's double, and its page. */
function openWindow() {
  createWindow('/preload/index.cjs')
  const window = double.windows[0]!
  void window.loadURL(pageURL)
  return window
}

describe('the IPC transport', () => {
  const service = Object.fromEntries(
    (Object.keys(methods) as MethodName[]).map((name) => [name, (input: unknown) => Promise.resolve({ name, input })]),
  ) as unknown as LabService
  const expose = () => {
    const { webContents } = openWindow()
    return { webContents, emit: exposeOverIpc(ipcMain, webContents as unknown as WebContents, service, () => undefined) }
  }

  it('answers its own page', async () => {
    expose()
    expect(await double.invoke('lab:call', ['mock-server.stop', { id: 'a' }])).toEqual({
      ok: true,
      value: { name: 'mock-server.stop', input: { id: 'a' } },
    })
  })

  it('does not answer another window', async () => {
    expose()
    await expect(double.invoke('lab:call', ['host.describe', {}], { sender: {} })).rejects.toThrow('Not this page')
  })

  it('does not answer a frame inside its page', async () => {
    expose()
    await expect(double.invoke('lab:call', ['host.describe', {}], { senderFrame: {} })).rejects.toThrow('Not this page')
  })

  it('does not answer a frame that is gone', async () => {
    expose()
    await expect(double.invoke('lab:call', ['host.describe', {}], { senderFrame: null })).rejects.toThrow('Not this page')
  })

  it.each(['__proto__', 'toString', 'constructor', undefined])('knows no call named %s', async (name) => {
    expose()
    expect(await double.invoke('lab:call', [name, {}])).toMatchObject({ ok: false, error: { code: 'unknown-method' } })
  })

  it('tells the page what the lab tells', () => {
    const { webContents, emit } = expose()
    const told: unknown[] = []
    webContents.on('double:sent', (...sent: unknown[]) => told.push(sent))
    emit('mock-server.state', { id: 'a', state: null })
    expect(told).toEqual([['lab:event', 'mock-server.state', { id: 'a', state: null }]])
  })

  it('tells nothing to a page that is gone', () => {
    const { webContents, emit } = expose()
    webContents.isDestroyed = () => true
    webContents.on('double:sent', () => expect.fail('sent'))
    emit('mock-server.state', { id: 'a', state: null })
  })
})

describe('the window', () => {
  it('keeps its page in a sandbox, apart from the preload and from Node', () =>
    expect(openWindow().options.webPreferences).toMatchObject({
      preload: '/preload/index.cjs',
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      spellcheck: false,
    }))

  it.each(['will-navigate', 'will-frame-navigate'])('goes nowhere, and hands a link to the standard to the system (%s)', (name) => {
    const { webContents } = openWindow()
    const event = { ...preventable(), url: 'https://fetch.spec.whatwg.org/#cors-check' }
    const away = { ...preventable(), url: 'https://attacker.example/' }
    const stopped: string[] = []
    for (const each of [event, away]) webContents.emit(name, { ...each, preventDefault: () => stopped.push(each.url) })
    expect(stopped).toEqual([event.url, away.url])
    expect(double.openedExternally).toEqual([event.url])
  })

  it('may be reloaded', () => {
    const event = { url: pageURL, preventDefault: () => expect.fail('prevented') }
    openWindow().webContents.emit('will-navigate', event)
  })

  it('opens no other window', () => {
    const { webContents } = openWindow()
    expect(webContents.openHandler({ url: 'https://attacker.example/' })).toEqual({ action: 'deny' })
    expect(webContents.openHandler({ url: 'https://html.spec.whatwg.org/' })).toEqual({ action: 'deny' })
    expect(double.openedExternally).toEqual(['https://html.spec.whatwg.org/'])
  })

  it('grants its page leave to copy, and nothing else', () => {
    openWindow()
    const granted: Record<string, boolean> = {}
    for (const permission of ['clipboard-sanitized-write', 'clipboard-read', 'media', 'geolocation', 'notifications', 'openExternal']) {
      double.permissionRequest?.({}, permission, (answer) => (granted[permission] = answer))
      expect(double.permissionCheck?.({}, permission)).toBe(granted[permission])
    }
    expect(Object.entries(granted).filter(([, answer]) => answer)).toEqual([['clipboard-sanitized-write', true]])
  })

  it('comes back where it was', () => {
    const first = openWindow()
    first.bounds = { x: 40, y: 30, width: 1000, height: 700 }
    first.maximized = true
    first.close()
    const second = openWindow()
    expect(second.bounds).toEqual({ x: 40, y: 30, width: 1000, height: 700 })
    expect(second.maximized).toBe(true)
  })
})

describe('readWindowState', () => {
  const screens = [{ x: 0, y: 0, width: 1920, height: 1080 }]
  const first = { bounds: { width: 1440, height: 900 }, maximized: false }

  it.each([
    ['the file is missing', undefined],
    ['the file is not JSON', '{'],
    ['the file holds something else', '{"bounds":{"x":"0"}}'],
    ['that place is on no screen any more', '{"bounds":{"x":2500,"y":0,"width":800,"height":600},"maximized":false}'],
    ['its title bar would be out of reach', '{"bounds":{"x":0,"y":-400,"width":800,"height":600},"maximized":false}'],
  ])('begins anew where %s', async (_, text) => {
    if (text !== undefined) await writeFile(join(folder, 'window.json'), text)
    expect(readWindowState(join(folder, 'window.json'), screens)).toEqual(first)
  })
})

describe('isExternalLink', () => {
  it('takes the links of the lab', () => expect(isExternalLink('https://fetch.spec.whatwg.org/#concept-cors-check')).toBe(true))

  it.each([
    'http://fetch.spec.whatwg.org/',
    'https://fetch.spec.whatwg.org.attacker.example/',
    'https://fetch.spec.whatwg.org:8443/',
    'https://user:word@fetch.spec.whatwg.org/',
    'https://fetch.spec.whatwg.org@attacker.example/',
    'https://attacker.example/?https://fetch.spec.whatwg.org/',
    'file:///etc/passwd',
    'smb://fetch.spec.whatwg.org/share',
    'javascript:alert(1)',
    'not a URL',
    '',
  ])('does not take %s', (url) => expect(isExternalLink(url)).toBe(false))
})

describe('the page’s scheme', () => {
  beforeEach(async () => {
    await mkdir(join(folder, 'page'))
    await writeFile(join(folder, 'page', 'index.html'), '<!doctype html><title>CORS Lab</title>')
    await writeFile(join(folder, 'outside.json'), '"secret"')
    registerPageScheme(protocol)
    servePage(protocol, await readRendererFiles(join(folder, 'page')))
  })
  const ask = async (url: string, init?: RequestInit) => double.protocols.get('lab')!(new Request(url, init))

  it('has an origin of its own, and no more leave than it needs', () =>
    expect(double.schemes.at(-1)).toEqual({ scheme: 'lab', privileges: { standard: true, secure: true } }))

  it('delivers the page under the same policy as the web host', async () => {
    const response = await ask(pageURL)
    expect(response.status).toBe(200)
    expect(await response.text()).toContain('CORS Lab')
    expect(response.headers.get('Content-Security-Policy')).toContain("default-src 'none'; script-src 'self'; ")
    expect(response.headers.get('X-Content-Type-Options')).toBe('nosniff')
  })

  it.each([
    'lab://app/../outside.json',
    'lab://app/%2e%2e/outside.json',
    'lab://app/..%5coutside.json',
    'lab://other/index.html',
    'lab://app/missing',
  ])('holds nothing else: %s', async (url) => expect((await ask(url)).status).toBe(404))

  it('is for GET only', async () => expect((await ask(pageURL, { method: 'POST' })).status).toBe(404))
})

describe('the menu', () => {
  it('has the usual menus, and a way to the standard', () => {
    setMenu()
    expect(double.menu.map(({ role }) => role).filter((role) => role !== 'appMenu')).toEqual([
      'fileMenu',
      'editMenu',
      'viewMenu',
      'windowMenu',
      'help',
    ])
    const [standard] = double.menu.at(-1)?.submenu as { click: () => void }[]
    standard!.click()
    expect(double.openedExternally).toEqual(['https://fetch.spec.whatwg.org/#http-cors-protocol'])
  })
})
