import { open, realpath } from 'node:fs/promises'
import { isAbsolute, join, sep } from 'node:path'

/**
 * The bytes of a file inside a folder, wherever links lead; null where there is none. The path came with a workspace that somebody else may have
 * written: neither `..` nor a link gets it out of the folder.
 * @param path with slashes, as the user wrote it.
 */
export async function openInside(folder: string, path: string): Promise<AsyncIterable<Buffer> | null> {
  if (path === '' || path.includes('\0') || isAbsolute(path)) return null
  try {
    const [root, file] = await Promise.all([realpath(folder), realpath(join(folder, path))])
    if (!file.startsWith(root.endsWith(sep) ? root : root + sep)) return null
    const handle = await open(file)
    if ((await handle.stat()).isFile()) return handle.createReadStream() as AsyncIterable<Buffer>
    await handle.close()
    return null
  } catch {
    return null
  }
}
