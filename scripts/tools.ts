import { spawn, type SpawnOptions } from 'node:child_process'
import { join, resolve } from 'node:path'

export const root = resolve(import.meta.dirname, '..')

/** The entry points of the tools, so that they run in this very Node on every system, without a shell between. */
const entryPoints = {
  'electron-vite': 'electron-vite/bin/electron-vite.js',
  'vue-tsc': 'vue-tsc/bin/vue-tsc.js',
  eslint: 'eslint/bin/eslint.js',
  vitest: 'vitest/vitest.mjs',
  playwright: '@playwright/test/cli.js',
  'electron-builder': 'electron-builder/cli.js',
  'install-electron': 'electron/install.js',
} as const
export type Tool = keyof typeof entryPoints

export interface Ended {
  /** 0 where all went well; a signal counts as 1. */
  readonly code: number
  /** What it printed, unless its output went straight to the terminal. */
  readonly output: string
}

export const runTool = (tool: Tool, args: string[], options: SpawnOptions = {}): Promise<Ended> =>
  run(process.execPath, [join(root, 'node_modules', entryPoints[tool]), ...args], options)

/** Runs a command to its end; one that cannot be started has ended with 1. */
export function run(command: string, args: string[], options: SpawnOptions = {}): Promise<Ended> {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'], ...options })
    let output = ''
    child.stdout?.on('data', (chunk: Buffer) => (output += chunk.toString()))
    child.stderr?.on('data', (chunk: Buffer) => (output += chunk.toString()))
    child.on('error', (error) => resolve({ code: 1, output: error.message }))
    child.on('close', (code) => resolve({ code: code ?? 1, output }))
  })
}
