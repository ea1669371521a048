import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Certificates } from '#node/certificates/certificates'

/** Of an authority that nobody else has; its folder goes with the process. */
export function throwAwayCertificates(): Certificates {
  const folder = mkdtempSync(join(tmpdir(), 'corslab-certificates-'))
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
  return new Certificates(folder)
}
