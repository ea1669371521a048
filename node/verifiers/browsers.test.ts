import { chmod, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { Browsers } from './browsers.ts'
import { identify } from './identify.ts'
import { usualPlaces, type Machine } from './usual-places.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'corslab-browsers-'))
})
afterEach(() => rm(folder, { recursive: true }))

async function file(path: string, text: string, mode = 0o644): Promise<string> {
  const whole = join(folder, path)
  await mkdir(dirname(whole), { recursive: true })
  await writeFile(whole, text)
  await chmod(whole, mode)
  return whole
}

/** A real program that says this when asked for its version. */
const program = (path: string, says: string) => file(path, `#!/bin/sh\n[ "$1" = --version ] && echo '${says}'\n`, 0o755)

const machine = (more: Partial<Machine>): Machine => ({ platform: 'linux', environment: {}, home: '/home/me', list: () => [], ...more })

describe('the places where browsers are looked for', () => {
  const mac = machine({ platform: 'darwin' })
  const windows = machine({
    platform: 'win32',
    environment: {
      ProgramFiles: 'C:\\Program Files',
      'ProgramFiles(x86)': 'C:\\Program Files (x86)',
      LOCALAPPDATA: 'C:\\Users\\me\\AppData\\Local',
    },
  })
  const debian = machine({ environment: { PATH: '/home/me/bin:/usr/bin' }, list: () => ['x86_64-linux-gnu', 'python3'] })

  it.each([
    ['chromium', debian, '/home/me/bin/chromium'],
    ['chromium', debian, '/usr/bin/google-chrome-stable'],
    ['chromium', debian, '/usr/bin/microsoft-edge'],
    ['chromium', debian, '/opt/brave.com/brave/brave-browser'],
    ['chromium', debian, '/snap/bin/chromium'],
    ['firefox', debian, '/usr/bin/firefox-esr'],
    ['firefox', debian, '/snap/bin/firefox'],
    ['webkit', debian, '/usr/lib/x86_64-linux-gnu/webkit2gtk-4.1/MiniBrowser'],
    ['webkit', debian, '/usr/libexec/webkit2gtk-4.1/MiniBrowser'],
    ['chromium', mac, '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'],
    ['chromium', mac, '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge'],
    ['chromium', mac, '/home/me/Applications/Brave Browser.app/Contents/MacOS/Brave Browser'],
    ['firefox', mac, '/Applications/Firefox.app/Contents/MacOS/firefox'],
    ['chromium', windows, 'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe'],
    ['chromium', windows, 'C:\\Users\\me\\AppData\\Local\\Chromium\\Application\\chrome.exe'],
    ['chromium', windows, 'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe'],
    ['chromium', windows, 'C:\\Program Files\\BraveSoftware\\Brave-Browser\\Application\\brave.exe'],
    ['firefox', windows, 'C:\\Program Files\\Mozilla Firefox\\firefox.exe'],
  ] as const)('hold, for %s, %#: %s', (engine, on, path) => expect(usualPlaces(engine, on)).toContain(path))

  it('begin with the one that the environment names', () =>
    expect(usualPlaces('firefox', machine({ environment: { CORSLAB_FIREFOX: '/my/firefox' } }))[0]).toBe('/my/firefox'))

  it('are none where the environment names an empty one', () =>
    expect(usualPlaces('webkit', { ...debian, environment: { ...debian.environment, CORSLAB_WEBKIT: '' } })).toEqual([]))

  it('hold no WebKit but on Linux', () =>
    expect([...usualPlaces('webkit', mac), ...usualPlaces('webkit', windows)]).not.toContain(/\.exe$/))
})

describe.skipIf(process.platform === 'win32')('what a program is', () => {
  it.each([
    ['Chromium 156.0.8078.108 built on Debian GNU/Linux 12 (bookworm)', 'chromium', 'Chromium', '156.0.8078.108'],
    ['Google Chrome 140.0.1.2 beta', 'chromium', 'Chrome', '140.0.1.2'],
    ['Microsoft Edge 141.0.3537.57', 'chromium', 'Edge', '141.0.3537.57'],
    ['Brave Browser 140.1.82.166', 'chromium', 'Brave', '140.1.82.166'],
    ['Mozilla Firefox 153.7.0esr', 'firefox', 'Firefox', '153.7.0esr'],
    ['a warning\nMozilla Firefox 144.0.2', 'firefox', 'Firefox', '144.0.2'],
    ['WebKitGTK 2.50.6', 'webkit', 'WebKitGTK', '2.50.6'],
  ])('is told by what it says: %s', async (says, engine, name, version) =>
    expect(await identify(await program('some-browser', says), 'linux')).toEqual({ engine, name, version }),
  )

  it('is none for a program that says something else, nothing, or is not there', async () => {
    await expect(identify(await program('curl', 'curl 8.1'), 'linux')).rejects.toThrow('“curl 8.1”: that is none of the browsers')
    await expect(identify(await file('false', '#!/bin/sh\nexit 1\n', 0o755), 'linux')).rejects.toThrow('It does not say its version.')
    await expect(identify(await file('text', 'text'), 'linux')).rejects.toThrow('It is not a program that may be run.')
    await expect(identify(join(folder, 'nothing'), 'linux')).rejects.toThrow('There is no such file.')
  })

  it('is read from the folder on Windows, where asking would open a window', async () => {
    const edge = await file('Edge/Application/msedge.exe', '')
    for (const version of ['99.0.1.2', '141.0.3537.57']) await mkdir(join(folder, 'Edge/Application', version))
    expect(await identify(edge, 'win32')).toEqual({ engine: 'chromium', name: 'Edge', version: '141.0.3537.57' })
    const firefox = await file('Mozilla Firefox/firefox.exe', '')
    await file('Mozilla Firefox/application.ini', '[App]\nVersion=144.0.2\n')
    expect(await identify(firefox, 'win32')).toEqual({ engine: 'firefox', name: 'Firefox', version: '144.0.2' })
    await expect(identify(await file('other/notepad.exe', ''), 'win32')).rejects.toThrow('none of the browsers')
  })
})

describe.skipIf(process.platform === 'win32')('the browsers of a machine', () => {
  const onPath = () => machine({ environment: { PATH: join(folder, 'bin') } })
  /** Others may be installed where these tests run. */
  const ours = async (browsers: Browsers) => (await browsers.list()).browsers.filter(({ program: path }) => path?.startsWith(folder))

  it('are those on PATH, one for each that has several names, and say how a missing one is got', async () => {
    const chromium = await program('bin/chromium', 'Chromium 0.1')
    await symlink(chromium, join(folder, 'bin/google-chrome'))
    const firefox = await program('bin/firefox-esr', 'Mozilla Firefox 0.2')
    await program('bin/brave', 'Not a browser at all')
    const browsers = new Browsers(join(folder, 'data'), onPath())
    expect(await ours(browsers)).toEqual([
      { id: chromium, program: chromium, engine: 'chromium', name: 'Chromium', version: '0.1' },
      { id: firefox, program: firefox, engine: 'firefox', name: 'Firefox', version: '0.2' },
    ])
    expect((await browsers.first('firefox'))?.program).toBe(firefox)
    const mac = await new Browsers(join(folder, 'data'), machine({ platform: 'darwin', home: folder })).list()
    expect(mac.missing.find(({ engine }) => engine === 'webkit')?.howToGet).toContain('Linux only')
  })

  it('are none where nothing is: for each engine it is said how one is got, by the custom of the system', async () => {
    const none = { CORSLAB_CHROMIUM: '', CORSLAB_FIREFOX: '', CORSLAB_WEBKIT: '' }
    const on = async (platform: string) => new Browsers(join(folder, 'data'), machine({ platform, environment: none })).list()
    expect(await on('linux')).toEqual({
      browsers: [],
      missing: [
        { engine: 'chromium', howToGet: expect.stringContaining('apt-get install chromium') as string },
        { engine: 'firefox', howToGet: expect.stringContaining('apt-get install firefox-esr') as string },
        { engine: 'webkit', howToGet: expect.stringMatching(/apt-get install webkit2gtk-driver xvfb.*MiniBrowser/) as string },
      ],
    })
    for (const platform of ['darwin', 'win32'])
      expect((await on(platform)).missing).toMatchObject([
        { engine: 'chromium', howToGet: expect.stringContaining('https://www.google.com/chrome/') as string },
        { engine: 'firefox', howToGet: expect.stringContaining('https://www.mozilla.org/firefox/') as string },
        { engine: 'webkit', howToGet: expect.stringContaining('on Linux only') as string },
      ])
  })

  it('are looked at anew each time, and an updated one is asked for its version again', async () => {
    const browsers = new Browsers(join(folder, 'data'), onPath())
    expect(await ours(browsers)).toEqual([])
    await program('bin/chromium', 'Chromium 0.1')
    expect(await ours(browsers)).toMatchObject([{ version: '0.1' }])
    await program('bin/chromium', 'Chromium 0.2')
    expect(await ours(browsers)).toMatchObject([{ version: '0.2' }])
  })

  it('are also those that the user names, from then on', async () => {
    const own = await program('own/my-browser', 'Brave Browser 1.2')
    const added = await new Browsers(join(folder, 'data'), onPath()).add(own)
    expect(added).toEqual({ id: own, program: own, engine: 'chromium', name: 'Brave', version: '1.2' })
    expect(await ours(new Browsers(join(folder, 'data'), onPath()))).toEqual([added])
    expect(JSON.parse(await readFile(join(folder, 'data/browsers.json'), 'utf8'))).toEqual([own])
  })

  it('are not those that are none: the user is told why', async () => {
    const none = await program('own/curl', 'curl 8.1')
    await expect(new Browsers(join(folder, 'data'), onPath()).add(none)).rejects.toMatchObject({
      code: 'not-a-browser',
      details: { program: none, reason: expect.stringContaining('curl 8.1') as string },
    })
  })
})
