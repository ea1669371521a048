import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, X509Certificate } from 'node:crypto'
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { LabError } from '#shared/contract/errors'
import { writeAtomically } from '#node/store/atomic-write'

/** The lab's certificate authority: a key that never leaves the data folder, and the certificate that others are told to trust. */
export interface Authority {
  /** Where the certificate lies. */
  readonly file: string
  readonly certificate: X509Certificate
  readonly pem: string
  readonly key: string
}

const day = 24 * 60 * 60 * 1000

/**
 * The authority of this data folder, made on first use. Its key is readable by its owner alone: who has it can pass for any site to whoever
 * trusts the certificate.
 * @throws LabError certificate-unusable, file-unwritable
 */
export async function readOrMakeAuthority(folder: string): Promise<Authority> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const keyFile = join(folder, 'lab-authority.key')
  const file = join(folder, 'lab-authority.pem')
  const key = await readOrMakeKey(keyFile)
  const pem = (await readIfThere(file)) ?? (await makeCertificate(key, file))
  try {
    const certificate = new X509Certificate(pem)
    if (!certificate.checkPrivateKey(createPrivateKey(key))) throw new Error(`It does not belong to the key in ${keyFile}.`)
    if (certificate.validToDate.getTime() < Date.now()) throw new Error(`It was valid until ${certificate.validTo}.`)
    return { file, certificate, pem, key }
  } catch (error) {
    throw new LabError('certificate-unusable', { file, reason: reasonOf(error) })
  }
}

async function readOrMakeKey(file: string): Promise<string> {
  const kept = await readIfThere(file)
  if (kept === null) {
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
    try {
      // Another process of the lab may be making one at this moment: the first one's stays.
      await writeFile(file, pem, { mode: 0o600, flag: 'wx' })
      return pem
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw new LabError('file-unwritable', { file, reason: reasonOf(error) })
      return readOrMakeKey(file)
    }
  }
  try {
    createPrivateKey(kept)
    // A copied or restored folder may have lost the mode.
    await chmod(file, 0o600)
    return kept
  } catch (error) {
    throw new LabError('certificate-unusable', { file, reason: reasonOf(error) })
  }
}

async function makeCertificate(key: string, file: string): Promise<string> {
  // Loaded when it is needed: a lab without https need not wait for it.
  const { generate } = await import('selfsigned')
  const publicKey = createPublicKey(key).export({ type: 'spki', format: 'pem' }).toString()
  const { cert } = await generate([{ name: 'commonName', value: nameOf(publicKey) }], {
    keyType: 'ec',
    algorithm: 'sha256',
    keyPair: { privateKey: key, publicKey },
    notBeforeDate: new Date(Date.now() - day),
    notAfterDate: new Date(Date.now() + 3650 * day),
    extensions: [
      { name: 'basicConstraints', cA: true, pathLenConstraint: 0, critical: true },
      { name: 'keyUsage', keyCertSign: true, cRLSign: true, critical: true },
    ],
  })
  await writeAtomically(file, cert).catch((error: unknown) => {
    throw new LabError('file-unwritable', { file, reason: reasonOf(error) })
  })
  return cert
}

/** From the key, so that two labs on one machine have two names, and one that is made anew for the same key has the same. */
const nameOf = (publicKey: string): string => `CORS Lab authority ${createHash('sha256').update(publicKey).digest('hex').slice(0, 8)}`

async function readIfThere(file: string): Promise<string | null> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw new LabError('certificate-unusable', { file, reason: reasonOf(error) })
  }
}

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error)).replace(/[.]?$/, '.')
