import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { bench } from '../../e2e/support/bench.ts'
import type { Opener } from './opener.ts'

/** The script that was asked for until the request could be worked on, gzipped as a server would. */
export async function measureFirstLoad(open: Opener): Promise<void> {
  await open([], async (page) => {
    const asked = new Set<string>()
    page.on('request', (request) => {
      if (request.url().endsWith('.js')) asked.add(request.url())
    })
    const weigh = async () => (await Promise.all([...asked].map(gzippedSize))).reduce((total, size) => total + size, 0)
    await page.reload({ waitUntil: 'networkidle' })
    const start = await weigh()
    await bench(page).find('forty headers')
    await bench(page).verdict.waitFor()
    await page.reload({ waitUntil: 'networkidle' })
    asked.clear()
    await page.reload({ waitUntil: 'networkidle' })
    await bench(page).verdict.waitFor()
    console.log(
      `first load: ${kilobytes(start)} KB of gzipped script on the start screen, ${kilobytes(await weigh())} KB with a request open (at most 250)`,
    )
  })
}

async function gzippedSize(url: string): Promise<number> {
  const built = join(import.meta.dirname, '../../../out/renderer', new URL(url).pathname)
  return gzipSync(await readFile(built), { level: 9 }).length
}

const kilobytes = (bytes: number): string => (bytes / 1000).toFixed(0)
