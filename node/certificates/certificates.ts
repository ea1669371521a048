import { createPublicKey, generateKeyPairSync } from 'node:crypto'
import { isIP } from 'node:net'
import { createSecureContext, type SecureContext } from 'node:tls'
import { LabError } from '#shared/contract/errors'
import type { LabCertificate } from '#shared/contract/methods'
import { readOrMakeAuthority, type Authority } from './authority.ts'
import { trustInstructions } from './trust-instructions.ts'

/** Hosts whose certificates are kept: a client may ask for any name there is. */
const limit = 500

const day = 24 * 60 * 60 * 1000

/** Certificates for the lab's servers, one a host, signed by the lab's own authority. They are made when they are asked for and live in memory. */
export class Certificates {
  readonly #folder: string
  #authority: Promise<Authority> | null = null
  readonly #contexts = new Map<string, Promise<SecureContext>>()
  /** One for all hosts: it is as safe as the process is. */
  #key: { privateKey: string; publicKey: string } | null = null

  /** @param folder the lab's data folder. */
  constructor(folder: string) {
    this.#folder = folder
  }

  /** @throws LabError certificate-unusable, file-unwritable */
  authority(): Promise<Authority> {
    return (this.#authority ??= readOrMakeAuthority(this.#folder).catch((error: unknown) => {
      // Whoever mends the folder need not start the lab again.
      this.#authority = null
      throw error
    }))
  }

  /** @param url an https URL of one of the lab's servers, for examples. */
  async describe(url: string): Promise<LabCertificate> {
    const { file, pem, certificate } = await this.authority()
    return {
      file,
      pem,
      fingerprint: certificate.fingerprint256,
      validUntil: certificate.validToDate.getTime(),
      trust: trustInstructions(file, url),
    }
  }

  /**
   * For a TLS client that is to trust the lab's servers, and nobody else.
   * @throws LabError certificate-unusable, file-unwritable
   */
  async trustingContext(): Promise<SecureContext> {
    return createSecureContext({ ca: (await this.authority()).pem })
  }

  /**
   * What a TLS server answers with for this host: a name or an address. The certificate is good for `localhost` and its addresses besides, for a
   * client that goes to an address says no name.
   * @throws LabError certificate-unusable, file-unwritable
   */
  secureContextFor(host: string): Promise<SecureContext> {
    const name = host.toLowerCase().replace(/^\[|\]$|\.$/g, '')
    const kept = this.#contexts.get(name)
    if (kept !== undefined) return kept
    const made = this.#make(name)
    this.#contexts.set(name, made)
    for (const [oldest] of this.#contexts) if (this.#contexts.size > limit) this.#contexts.delete(oldest)
    made.catch(() => this.#contexts.delete(name))
    return made
  }

  async #make(host: string): Promise<SecureContext> {
    if (isIP(host) === 0 && !/^[a-z0-9_-]+(?:\.[a-z0-9_-]+)*$/.test(host))
      throw new LabError('certificate-unusable', { file: host.slice(0, 100), reason: 'This is not the name of a host.' })
    const [{ generate }, { key, pem }] = await Promise.all([import('selfsigned'), this.authority()])
    const keyPair = (this.#key ??= newKey())
    const names = [...new Set([host, 'localhost', '127.0.0.1', '::1'])]
    // Browsers look at the names alone; a common name may be too short for a host.
    const { cert } = await generate([{ name: 'commonName', value: 'CORS Lab server' }], {
      keyType: 'ec',
      algorithm: 'sha256',
      keyPair,
      ca: { key, cert: pem },
      notBeforeDate: new Date(Date.now() - day),
      // Apple's systems take no leaf that is valid for longer than 398 days.
      notAfterDate: new Date(Date.now() + 396 * day),
      extensions: [
        { name: 'basicConstraints', cA: false, critical: true },
        { name: 'keyUsage', digitalSignature: true, critical: true },
        { name: 'extKeyUsage', serverAuth: true },
        { name: 'subjectAltName', altNames: names.map((name) => (isIP(name) === 0 ? { type: 2, value: name } : { type: 7, ip: name })) },
      ],
    })
    return createSecureContext({ key: keyPair.privateKey, cert: `${cert}\n${pem}` })
  }
}

function newKey(): { privateKey: string; publicKey: string } {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  return {
    privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    publicKey: createPublicKey(privateKey).export({ type: 'spki', format: 'pem' }).toString(),
  }
}
