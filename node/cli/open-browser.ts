import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'

type Environment = Readonly<Record<string, string | undefined>>
interface Command {
  readonly command: string
  readonly args: readonly string[]
}

/** Chromium's family can show a page as a window of its own, without tabs and address bar. */
const chromiums: Readonly<Record<string, readonly string[]>> = {
  linux: ['google-chrome', 'google-chrome-stable', 'chromium', 'chromium-browser', 'microsoft-edge', 'brave-browser'],
  darwin: ['Google Chrome', 'Chromium', 'Microsoft Edge', 'Brave Browser'].map(
    (name) => `/Applications/${name}.app/Contents/MacOS/${name}`,
  ),
  win32: [
    'Google\\Chrome\\Application\\chrome.exe',
    'Microsoft\\Edge\\Application\\msedge.exe',
    'BraveSoftware\\Brave-Browser\\Application\\brave.exe',
  ],
}

/** How this machine opens the page: as a window of its own where it can, else in the user's browser; null where there is no screen. */
export function openCommand(
  url: string,
  platform: string = process.platform,
  environment: Environment = process.env,
  exists: (path: string) => boolean = existsSync,
  isRoot: boolean = process.getuid?.() === 0,
): Command | null {
  const { DISPLAY, WAYLAND_DISPLAY, PATH = '', ProgramFiles = '', 'ProgramFiles(x86)': ProgramFiles86 = '' } = environment
  if (platform !== 'darwin' && platform !== 'win32' && !DISPLAY && !WAYLAND_DISPLAY) return null

  const folders = platform === 'darwin' ? [''] : platform === 'win32' ? [ProgramFiles, ProgramFiles86] : PATH.split(delimiter)
  const browser = (chromiums[platform] ?? [])
    .flatMap((name) => folders.map((folder) => (folder ? join(folder, name) : name)))
    .find((path) => exists(path))
  // Chromium does not start for root with its sandbox, and the lab starts no browser without.
  if (browser !== undefined && !isRoot) return { command: browser, args: [`--app=${url}`] }
  if (platform === 'darwin') return { command: 'open', args: [url] }
  if (platform === 'win32') return { command: 'rundll32', args: ['url.dll,FileProtocolHandler', url] }
  return { command: 'xdg-open', args: [url] }
}

/** Opens the page and goes on without waiting; where that fails, the address stands in the terminal. */
export function openBrowser(url: string): void {
  const command = openCommand(url)
  if (command === null) return
  const browser = spawn(command.command, command.args, { detached: true, stdio: 'ignore' })
  browser.on('error', () => undefined)
  browser.unref()
}
