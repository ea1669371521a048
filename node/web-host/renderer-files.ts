import { readdir, readFile } from 'node:fs/promises'
import { extname, join, sep } from 'node:path'

export interface RendererFile {
  readonly bytes: Buffer<ArrayBuffer>
  readonly type: string
}

/** The built page: every file by the path of its URL; `/` is the page itself. What is not in here does not exist, so no path can lead outside the folder. */
export type RendererFiles = ReadonlyMap<string, RendererFile>

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
}

/** Reads the whole folder, some megabytes, once; source maps stay behind. */
export async function readRendererFiles(folder: string): Promise<RendererFiles> {
  const files = new Map<string, RendererFile>()
  for (const entry of await readdir(folder, { withFileTypes: true, recursive: true })) {
    const type = types[extname(entry.name)]
    if (!entry.isFile() || type === undefined) continue
    const path = join(entry.parentPath, entry.name)
    files.set(path.slice(folder.length).replaceAll(sep, '/'), { bytes: await readFile(path), type })
  }
  const page = files.get('/index.html')
  if (page) files.set('/', page)
  return files
}
