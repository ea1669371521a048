import { mkdirSync } from 'node:fs'
import { enableCompileCache } from 'node:module'
import { join } from 'node:path'
import { dataFolder } from '#node/data-folder'

/**
 * Code is compiled once and not at every start, which is most of what a start takes. Kept in the lab's own folder: in the system's temporary one,
 * where Node keeps it unless asked otherwise, somebody else could have put it.
 */
export function keepCompiled(): void {
  const folder = dataFolder()
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    enableCompileCache(join(folder, 'compiled'))
  } catch {
    // A folder that cannot be written costs a tenth of a second.
  }
}
