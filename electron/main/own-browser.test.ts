import { beforeEach, describe, expect, it } from 'vitest'
import { double } from '../../tests/electron-double.ts'
import { ownBrowser } from './own-browser.ts'

beforeEach(() => {
  double.windows.length = 0
})

const url = 'http://lab.invalid/start'

async function openPage(visible = false) {
  const running = await ownBrowser.start(visible)
  const page = await running.openPage(4711, url)
  const window = double.windows.at(-1)!
  return { running, page, window }
}

describe('Electron’s own Chromium', () => {
  it('opens a hidden window that is shut off from the lab, in a session of its own that lives in memory', async () => {
    const { window } = await openPage()
    expect(window.options.show).toBe(false)
    expect(window.options.webPreferences).toMatchObject({ contextIsolation: true, sandbox: true, nodeIntegration: false })
    expect(window.options.webPreferences).not.toHaveProperty('preload')
    const { window: second } = await openPage()
    const partitions = [window, second].map(({ options }) => options.webPreferences?.partition ?? '')
    expect(new Set(partitions).size).toBe(2)
    for (const partition of partitions) expect(partition).not.toMatch(/^(persist:|$)/)
  })

  it('sends everything to the lab’s proxy before it goes anywhere, loopback included', async () => {
    const { window } = await openPage()
    const { session, debugger: cdp } = window.webContents
    expect(session.proxy).toEqual({ proxyRules: 'http://127.0.0.1:4711', proxyBypassRules: '<-loopback>' })
    expect(cdp.commands.at(-1)).toEqual({ method: 'Page.navigate', params: { url }, session: undefined })
  })

  it('grants its page nothing, and no other window', async () => {
    const { window } = await openPage()
    const { session, openHandler } = window.webContents
    session.permissionRequest?.({}, 'clipboard-sanitized-write', (granted) => expect(granted).toBe(false))
    expect(session.permissionCheck?.({}, 'clipboard-sanitized-write')).toBe(false)
    expect(openHandler({ url: 'https://fetch.spec.whatwg.org/' })).toEqual({ action: 'deny' })
  })

  it('hears what the console says, of the page and of its frames, and of no other target', async () => {
    const { page, window } = await openPage()
    const { debugger: cdp } = window.webContents
    const says = (text: string, session: string) =>
      cdp.emit('message', {}, 'Log.entryAdded', { entry: { level: 'error', source: 'javascript', text } }, session)
    says('of the page', '')
    says('of a stranger', 'frame')
    cdp.emit('message', {}, 'Target.attachedToTarget', { sessionId: 'frame' }, '')
    says('of a frame', 'frame')
    expect(cdp.commands.filter(({ session }) => session === 'frame').map(({ method }) => method)).toContain('Log.enable')
    expect(await page.takeConsole(false)).toEqual(['of the page', 'of a frame'])
    expect(await page.takeConsole(false)).toEqual([])
  })

  it('leaves no window behind', async () => {
    const { running, page } = await openPage()
    await running.openPage(4712, url)
    await page.close()
    expect(double.windows).toHaveLength(1)
    await running.close()
    expect(double.windows).toEqual([])
    await running.exited
  })

  it('says that its page crashed', async () => {
    const { page, window } = await openPage()
    window.webContents.emit('render-process-gone')
    expect(await page.gone).toBe('The page crashed.')
  })

  it('that is visible shows its developer tools, and ends with its window', async () => {
    const { running, window } = await openPage(true)
    expect(window.options.show).toBe(true)
    expect(window.webContents.devToolsOpen).toBe(true)
    window.close()
    await running.exited
  })
})
