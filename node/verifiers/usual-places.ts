import { readdirSync } from 'node:fs'
import { posix, win32 } from 'node:path'
import type { Engine } from '#shared/contract/browsers'

type Environment = Readonly<Record<string, string | undefined>>

/** Where browsers are looked for: a machine's system, environment, and folders with names that depend on its processor. */
export interface Machine {
  readonly platform: string
  readonly environment: Environment
  readonly home: string
  /** The entries of a folder; none where it is not there. */
  readonly list: (folder: string) => readonly string[]
}

/** Each may be overridden: the program to be used for an engine, before any other; empty: this machine is to have none. */
export const programVariables: Readonly<Record<Engine, string>> = {
  chromium: 'CORSLAB_CHROMIUM',
  firefox: 'CORSLAB_FIREFOX',
  webkit: 'CORSLAB_WEBKIT',
}

/** Names on PATH: Linux has its browsers there. */
const commands: Readonly<Record<Engine, readonly string[]>> = {
  chromium: [
    'chromium',
    'chromium-browser',
    'google-chrome-stable',
    'google-chrome',
    'google-chrome-beta',
    'google-chrome-unstable',
    'microsoft-edge-stable',
    'microsoft-edge',
    'brave-browser',
    'brave',
  ],
  firefox: ['firefox-esr', 'firefox', 'firefox-developer-edition', 'firefox-nightly'],
  webkit: ['MiniBrowser'],
}

/** The program inside an application's bundle. */
const macApplications: Readonly<Record<Engine, readonly string[]>> = {
  chromium: ['Google Chrome', 'Chromium', 'Microsoft Edge', 'Brave Browser'].map((name) => `${name}.app/Contents/MacOS/${name}`),
  firefox: ['Firefox', 'Firefox ESR', 'Firefox Developer Edition', 'Firefox Nightly'].map((name) => `${name}.app/Contents/MacOS/firefox`),
  webkit: [],
}

const windowsPrograms: Readonly<Record<Engine, readonly string[]>> = {
  chromium: [
    'Google\\Chrome\\Application\\chrome.exe',
    'Chromium\\Application\\chrome.exe',
    'Microsoft\\Edge\\Application\\msedge.exe',
    'BraveSoftware\\Brave-Browser\\Application\\brave.exe',
  ],
  firefox: [
    'Mozilla Firefox\\firefox.exe',
    'Mozilla Firefox ESR\\firefox.exe',
    'Firefox Developer Edition\\firefox.exe',
    'Firefox Nightly\\firefox.exe',
  ],
  webkit: [],
}

/** Folders that hold programs even where PATH does not name them, as for a lab that was started from a desktop. */
const linuxFolders = [
  '/usr/local/bin',
  '/usr/bin',
  '/snap/bin',
  '/opt/google/chrome',
  '/opt/microsoft/msedge',
  '/opt/brave.com/brave',
  '/opt/firefox',
]

/** Where an engine's browsers may be on this machine, the likeliest first; whether any of it is there is not looked at. */
export function usualPlaces(engine: Engine, machine: Machine): string[] {
  const named = machine.environment[programVariables[engine]]
  if (named === '') return []
  return [...new Set([...(named ? [named] : []), ...places(engine, machine)])]
}

function places(engine: Engine, machine: Machine): string[] {
  const { platform, environment, home } = machine
  if (platform === 'win32') {
    const folders = ['ProgramFiles', 'ProgramFiles(x86)', 'LOCALAPPDATA'].map((name) => environment[name] ?? '').filter(Boolean)
    return windowsPrograms[engine].flatMap((program) => folders.map((folder) => win32.join(folder, program)))
  }
  const path = (environment['PATH'] ?? '').split(':').filter(Boolean)
  const onPath = commands[engine].flatMap((command) => [...path, ...linuxFolders].map((folder) => posix.join(folder, command)))
  if (platform === 'darwin') {
    const folders = ['/Applications', posix.join(home, 'Applications')]
    return [...macApplications[engine].flatMap((program) => folders.map((folder) => posix.join(folder, program))), ...onPath]
  }
  return engine === 'webkit' ? [...onPath, ...miniBrowsers(machine)] : onPath
}

/** WebKitGTK keeps its MiniBrowser among its libraries; Debian's are in a folder that is named after the processor. */
function miniBrowsers({ list }: Machine): string[] {
  const libraries = [
    '/usr/libexec',
    '/usr/lib64',
    '/usr/lib',
    ...list('/usr/lib')
      .filter((name) => /-linux-/.test(name))
      .map((name) => `/usr/lib/${name}`),
  ]
  return libraries.flatMap((folder) => ['webkit2gtk-4.1', 'webkitgtk-6.0', 'webkit2gtk-4.0'].map((name) => `${folder}/${name}/MiniBrowser`))
}

/** The machine that the lab runs on. */
export const thisMachine = (environment: Environment = process.env, home = environment['HOME'] ?? ''): Machine => ({
  platform: process.platform,
  environment,
  home,
  list: (folder) => {
    try {
      return readdirSync(folder)
    } catch {
      return []
    }
  },
})
