import { existsSync } from 'node:fs'
import { run } from './tools.ts'

let updated: Promise<unknown> | null = null

/** Installs Debian's packages where that can be done without asking; says what went wrong. */
export async function aptGet(names: readonly string[]): Promise<void> {
  if (process.platform !== 'linux' || process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return
  console.log(`Installing ${names.join(' and ')} with apt-get …`)
  const options = { env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }, timeout: 240_000 }
  await (updated ??= run('apt-get', ['update'], options))
  const { code, output } = await run('apt-get', ['install', '-y', '--no-install-recommends', ...names], options)
  if (code !== 0) console.log(`That did not work: ${output.trim().split('\n').at(-1) ?? ''}`)
}
