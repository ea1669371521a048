import { randomBytes } from 'node:crypto'
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { LabError } from '#shared/contract/errors'

/**
 * The token of this data folder: 256 random bits, made at the first start and kept in `web-token`, readable by its owner alone.
 *
 * It outlives the host so that an open tab finds a restarted host again, with everything in it. That costs nothing in safety: who can read
 * the file can read, and write, the workspace beside it; a page cannot read files; and `Origin` and `Host` are asked for besides.
 */
export async function readOrMakeToken(folder: string): Promise<string> {
  const file = join(folder, 'web-token')
  const kept = await readFile(file, 'utf8').catch(() => '')
  if (/^[\w-]{43}$/.test(kept)) {
    // A copied or restored folder may have lost the mode.
    await chmod(file, 0o600)
    return kept
  }
  return makeToken(folder)
}

/**
 * Makes another token, and so shuts out every open tab.
 * @throws LabError `file-unwritable`
 */
export async function makeToken(folder: string): Promise<string> {
  const file = join(folder, 'web-token')
  const token = randomBytes(32).toString('base64url')
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 })
    await writeFile(file, token, { mode: 0o600 })
    await chmod(file, 0o600)
  } catch (error) {
    throw new LabError('file-unwritable', { file, reason: error instanceof Error ? `${error.message}.` : '' })
  }
  return token
}
