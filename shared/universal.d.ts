/**
 * The whole allowlist of globals that `shared/` may use besides ES2023, declared by hand: they exist alike in Node, Electron and every
 * browser. Anything else (a clock, randomness, the network, the DOM, Node) is unknown to the compiler here.
 */

interface URL {
  readonly href: string
  readonly origin: string
  readonly protocol: string
  readonly username: string
  readonly password: string
  readonly host: string
  readonly hostname: string
  readonly port: string
  readonly pathname: string
  readonly search: string
  readonly hash: string
}
declare const URL: {
  new (url: string, base?: string | URL): URL
  canParse(url: string, base?: string): boolean
  parse(url: string, base?: string): URL | null
}

interface TextEncoder {
  encode(input?: string): Uint8Array<ArrayBuffer>
}
declare const TextEncoder: { new (): TextEncoder }

interface TextDecoder {
  decode(input?: Uint8Array): string
}
declare const TextDecoder: { new (label?: string, options?: { fatal?: boolean; ignoreBOM?: boolean }): TextDecoder }

/** Of latin-1. */
declare function btoa(data: string): string
