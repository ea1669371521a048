/**
 * Stands in for the module `electron` where its binary is not: for unit tests (an alias in vitest.config.ts) and for the built main bundle in
 * end-to-end tests (tests/e2e/support/electron-main.ts). It has what the lab uses, and `double`, by which a test plays the part of Electron:
 * the frames that call, the files that are asked for, the user who closes the window.
 */
import { EventEmitter } from 'node:events'
import { existsSync } from 'node:fs'
import type * as Electron from 'electron'

/** A prevented event, as Electron hands them out. */
export function preventable() {
  const event = { defaultPrevented: false, preventDefault: () => (event.defaultPrevented = true) }
  return event
}

/** Notes what it is told, and answers nothing: what a real Chromium makes of the same commands, the verifier's tests see. */
class DebuggerDouble extends EventEmitter {
  attached = false
  readonly commands: { method: string; params: unknown; session: string | undefined }[] = []
  attach = () => void (this.attached = true)
  sendCommand = (method: string, params?: unknown, session?: string) => {
    if (!this.attached) return Promise.reject(new Error('No target available'))
    this.commands.push({ method, params, session })
    return Promise.resolve({})
  }
}

class SessionDouble {
  proxy: Electron.ProxyConfig | undefined
  permissionRequest: PermissionHandler | undefined
  permissionCheck: ((webContents: unknown, permission: string) => boolean) | undefined
  setProxy = (proxy: Electron.ProxyConfig) => {
    this.proxy = proxy
    return Promise.resolve()
  }
  setPermissionRequestHandler = (handler: PermissionHandler) => void (this.permissionRequest = handler)
  setPermissionCheckHandler = (handler: SessionDouble['permissionCheck']) => void (this.permissionCheck = handler)
}

class WebContentsDouble extends EventEmitter {
  readonly debugger = new DebuggerDouble()
  readonly session = new SessionDouble()
  devToolsOpen = false
  openDevTools = () => void (this.devToolsOpen = true)
  readonly mainFrame = { name: 'main frame' }
  url = ''
  openHandler: (details: { url: string }) => { action: string } = () => ({ action: 'allow' })
  getURL = () => this.url
  isDestroyed = () => false
  send = (channel: string, ...args: unknown[]) => void this.emit('double:sent', channel, ...args)
  setWindowOpenHandler = (handler: WebContentsDouble['openHandler']) => void (this.openHandler = handler)
}

class BrowserWindowDouble extends EventEmitter {
  readonly webContents = new WebContentsDouble()
  isShown = false
  maximized = false
  bounds: Electron.Rectangle
  readonly options: Electron.BrowserWindowConstructorOptions
  constructor(options: Electron.BrowserWindowConstructorOptions) {
    super()
    this.options = options
    this.bounds = { x: options.x ?? 0, y: options.y ?? 0, width: options.width ?? 800, height: options.height ?? 600 }
    double.windows.push(this)
  }
  loadURL = (url: string) => {
    this.webContents.url = url
    this.emit('ready-to-show')
    double.events.emit('loaded', this)
    return Promise.resolve()
  }
  show = () => void (this.isShown = true)
  maximize = () => void (this.maximized = true)
  isMaximized = () => this.maximized
  getNormalBounds = () => this.bounds
  isMinimized = () => false
  restore = () => undefined
  focus = () => void double.events.emit('focused', this)
  close = () => {
    this.emit('close', preventable())
    this.destroy()
  }
  destroy = () => {
    double.windows.splice(double.windows.indexOf(this), 1)
    this.emit('closed')
    if (double.windows.length === 0) app.emit('window-all-closed')
  }
}
type BrowserWindowMembers =
  'loadURL' | 'show' | 'maximize' | 'isMaximized' | 'getNormalBounds' | 'isMinimized' | 'restore' | 'focus' | 'close' | 'destroy'
export const BrowserWindow = BrowserWindowDouble satisfies new (
  options: Electron.BrowserWindowConstructorOptions,
) => Pick<Electron.BrowserWindow, BrowserWindowMembers>

type Handler = Parameters<Electron.IpcMain['handle']>[1]
type PermissionHandler = (webContents: unknown, permission: string, answer: (granted: boolean) => void) => void

/** What the lab told Electron, and the levers of whoever plays Electron. */
export const double = {
  events: new EventEmitter(),
  windows: [] as BrowserWindowDouble[],
  paths: new Map<string, string>([['userData', '']]),
  handlers: new Map<string, Handler>(),
  schemes: [] as Electron.CustomScheme[],
  protocols: new Map<string, (request: Request) => Response | Promise<Response>>(),
  openedExternally: [] as string[],
  menu: [] as Electron.MenuItemConstructorOptions[],
  permissionRequest: undefined as PermissionHandler | undefined,
  permissionCheck: undefined as ((webContents: unknown, permission: string) => boolean) | undefined,
  displays: [{ workArea: { x: 0, y: 0, width: 1920, height: 1080 } }],
  sandboxed: false,
  /** A call from a frame: `frame` and `sender` default to the window's own. */
  invoke: async (channel: string, args: unknown[], from: { sender?: unknown; senderFrame?: unknown } = {}): Promise<unknown> => {
    const page = double.windows[0]?.webContents
    const handler = double.handlers.get(channel)
    if (!handler) throw new Error(`No handler registered for '${channel}'`)
    return (await handler({ sender: page, senderFrame: page?.mainFrame, ...from } as Electron.IpcMainInvokeEvent, ...args)) as unknown
  },
}

class AppDouble extends EventEmitter {
  readonly isPackaged = true
  isReady = false
  whenReady = () => Promise.resolve()
  getVersion = () => '0.0.0-double'
  getPath = (name: string) => double.paths.get(name) ?? ''
  setPath = (name: string, path: string) => {
    if (!existsSync(path)) throw new Error(`Failed to set path: ${path} does not exist`)
    double.paths.set(name, path)
  }
  enableSandbox = () => void (double.sandboxed = true)
  requestSingleInstanceLock = () => true
  quit = () => {
    const event = preventable()
    this.emit('will-quit', event)
    if (!event.defaultPrevented) this.emit('quit')
  }
}
type AppMembers = 'isPackaged' | 'whenReady' | 'getVersion' | 'getPath' | 'setPath' | 'enableSandbox' | 'requestSingleInstanceLock' | 'quit'
export const app = new AppDouble() satisfies Pick<Electron.App, AppMembers>

export const ipcMain = {
  handle: (channel: string, handler: Handler) => {
    if (double.handlers.has(channel)) throw new Error(`Attempted to register a second handler for '${channel}'`)
    double.handlers.set(channel, handler)
  },
} satisfies Pick<Electron.IpcMain, 'handle'>

export const protocol = {
  registerSchemesAsPrivileged: (schemes: Electron.CustomScheme[]) => void double.schemes.push(...schemes),
  handle: (scheme: string, handler: (request: Request) => Response | Promise<Response>) => void double.protocols.set(scheme, handler),
} satisfies Pick<Electron.Protocol, 'registerSchemesAsPrivileged' | 'handle'>

export const shell = {
  openExternal: (url: string) => {
    double.openedExternally.push(url)
    return Promise.resolve()
  },
} satisfies Pick<Electron.Shell, 'openExternal'>

export const session = {
  defaultSession: {
    setPermissionRequestHandler: (handler: PermissionHandler) => void (double.permissionRequest = handler),
    setPermissionCheckHandler: (handler: (webContents: unknown, permission: string) => boolean) => void (double.permissionCheck = handler),
  },
}

export const Menu = {
  buildFromTemplate: (template: Electron.MenuItemConstructorOptions[]) => template,
  setApplicationMenu: (menu: Electron.MenuItemConstructorOptions[]) => void (double.menu = menu),
}

export const nativeTheme = { shouldUseDarkColors: false } satisfies Pick<Electron.NativeTheme, 'shouldUseDarkColors'>
export const screen = { getAllDisplays: () => double.displays }
