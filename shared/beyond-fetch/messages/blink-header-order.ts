/**
 * Blink keeps a request's headers in a hash table, and the network service looks at them in the order in which that table gives them out. Only a
 * message tells: of several headers that a preflight does not allow, the one that is named is the first of the table.
 * third_party/blink/renderer/platform/network/http_header_map.h; renderer/platform/wtf/{hash_table.h,text/case_folding_hash.h}
 */

/** The names as the table gives them out, in lower case and each once, having taken them in this order. */
export function inBlinksOrder(names: readonly string[]): string[] {
  let table: (string | undefined)[] = new Array<undefined>(8)
  let keys = 0
  for (const name of new Set(names.map((each) => each.toLowerCase()))) {
    put(table, name)
    keys += 1
    if (keys * 2 >= table.length) {
      const grown: typeof table = new Array<undefined>(table.length * 2)
      for (const each of table) if (each !== undefined) put(grown, each)
      table = grown
    }
  }
  return table.filter((each) => each !== undefined)
}

/** Where a place is taken, the one after it, then two after that, and so on. */
function put(table: (string | undefined)[], name: string): void {
  let at = hashOf(name) & (table.length - 1)
  for (let tried = 1; table[at] !== undefined; tried++) at = (at + tried) & (table.length - 1)
  table[at] = name
}

const bits64 = (1n << 64n) - 1n
const seedOfAll = 0xbdd89aa982704029n
const [secret0, secret1, secret2] = [0x2d358dccaa6c78a5n, 0x8bb84b93962eacc9n, 0x4b33a62ed433d4a3n] as const

const low = (product: bigint): bigint => product & bits64
const high = (product: bigint): bigint => product >> 64n
const mix = (a: bigint, b: bigint): bigint => low(a * b) ^ high(a * b)

/** rapidhash (https://github.com/Nicoshev/rapidhash) of the name in UTF-16, of which 24 bits are kept. */
function hashOf(name: string): number {
  const length = name.length * 2
  /** So many code units from a byte on. */
  const read = (at: number, units: number): bigint => {
    let word = 0n
    for (let each = 0; each < units; each++) word |= BigInt(name.charCodeAt(at / 2 + each)) << BigInt(16 * each)
    return word
  }
  const read64 = (at: number) => read(at, 4)
  const read32 = (at: number) => read(at, 2)

  let seed = seedOfAll ^ mix(seedOfAll ^ secret0, secret1) ^ BigInt(length)
  let a = read(0, 1)
  let b = 0n
  if (length > 16) {
    let [at, rest] = [0, length]
    if (rest > 48) {
      let [second, third] = [seed, seed]
      for (; rest >= 48; at += 48, rest -= 48) {
        seed = mix(read64(at) ^ secret0, read64(at + 8) ^ seed)
        second = mix(read64(at + 16) ^ secret1, read64(at + 24) ^ second)
        third = mix(read64(at + 32) ^ secret2, read64(at + 40) ^ third)
      }
      seed ^= second ^ third
    }
    if (rest > 16) seed = mix(read64(at) ^ secret2, read64(at + 8) ^ seed ^ secret1)
    if (rest > 32) seed = mix(read64(at + 16) ^ secret2, read64(at + 24) ^ seed)
    a = read64(length - 16)
    b = read64(length - 8)
  } else if (length >= 4) {
    const [last, step] = [length - 4, length >= 8 ? 4 : 0]
    a = (read32(0) << 32n) | read32(last)
    b = (read32(step) << 32n) | read32(last - step)
  }

  const product = (a ^ secret1) * (b ^ seed)
  const hash = mix(low(product) ^ secret0 ^ BigInt(length), high(product) ^ secret1)
  return Number(hash & 0xffffffn) || 0x800000
}
