import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { root, runTool } from './tools.ts'

const built = ['out/main/index.js', 'out/preload/index.cjs', 'out/renderer/index.html'].map((path) => join(root, path))
const sources = ['shared', 'node', 'electron', 'renderer', 'electron.vite.config.ts', 'package-lock.json'].map((path) => join(root, path))

/** Builds page, main and preload if any of them is missing or older than its sources. */
export async function buildIfStale(): Promise<void> {
  if (built.every((path) => existsSync(path))) {
    const oldest = Math.min(...built.map((path) => statSync(path).mtimeMs))
    if (Math.max(...sources.map(newest)) < oldest) return
  }
  console.log('Building the lab, which takes some seconds …')
  const { code, output } = await runTool('electron-vite', ['build'])
  if (code !== 0) {
    console.error(output)
    process.exit(code)
  }
}

/** When the youngest file in there was written, in milliseconds since 1970. */
function newest(path: string): number {
  if (!statSync(path).isDirectory()) return statSync(path).mtimeMs
  const files = readdirSync(path, { withFileTypes: true, recursive: true }).filter((entry) => entry.isFile())
  return Math.max(0, ...files.map((entry) => statSync(join(entry.parentPath, entry.name)).mtimeMs))
}
