/** `npm run icons`: draws resources/icon.svg at every size that the systems ask for. Needs a Chromium; its results are kept in git. */
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { chromium } from '@playwright/test'
import { findChromium } from '../tests/e2e/support/find-chromium.ts'
import { root } from './tools.ts'

const sizes = [16, 32, 48, 64, 128, 256, 512, 1024]
const folder = join(root, 'resources')

const svg = await readFile(join(folder, 'icon.svg'), 'utf8')
const pngs = await draw(svg)
await mkdir(join(folder, 'icons'), { recursive: true })
for (const [size, png] of pngs) await writeFile(join(folder, 'icons', `${size}x${size}.png`), png)
await writeFile(join(folder, 'icon.ico'), ico([16, 32, 48, 64, 128, 256].map((size) => ({ size, png: at(size) }))))
await writeFile(join(folder, 'icon.icns'), icns())

async function draw(drawing: string): Promise<Map<number, Buffer>> {
  const executablePath = findChromium()
  const browser = await chromium.launch(executablePath === undefined ? {} : { executablePath })
  const page = await browser.newPage()
  const drawn = new Map<number, Buffer>()
  for (const size of sizes) {
    await page.setViewportSize({ width: size, height: size })
    await page.setContent(`<style>body{margin:0}svg{display:block;width:${size}px;height:${size}px}</style>${drawing}`)
    drawn.set(size, await page.screenshot({ omitBackground: true }))
  }
  await browser.close()
  return drawn
}

function at(size: number): Buffer {
  const png = pngs.get(size)
  if (!png) throw new Error(`Not drawn: ${size}`)
  return png
}

/** https://en.wikipedia.org/wiki/ICO_(file_format): a directory of 16 bytes an image, then the images, each a PNG. */
function ico(images: { size: number; png: Buffer }[]): Buffer {
  const head = Buffer.alloc(6 + 16 * images.length)
  head.writeUInt16LE(1, 2)
  head.writeUInt16LE(images.length, 4)
  let offset = head.length
  images.forEach(({ size, png }, index) => {
    const entry = 6 + 16 * index
    // 0 means 256.
    head.writeUInt8(size % 256, entry)
    head.writeUInt8(size % 256, entry + 1)
    head.writeUInt16LE(1, entry + 4)
    head.writeUInt16LE(32, entry + 6)
    head.writeUInt32LE(png.length, entry + 8)
    head.writeUInt32LE(offset, entry + 12)
    offset += png.length
  })
  return Buffer.concat([head, ...images.map(({ png }) => png)])
}

/** https://en.wikipedia.org/wiki/Apple_Icon_Image_format: blocks of type, length and PNG; the types name a size, some of them at two dots a point. */
function icns(): Buffer {
  const types: [string, number][] = [
    ['icp4', 16],
    ['icp5', 32],
    ['ic11', 32],
    ['ic12', 64],
    ['ic07', 128],
    ['ic08', 256],
    ['ic13', 256],
    ['ic09', 512],
    ['ic14', 512],
    ['ic10', 1024],
  ]
  const blocks = types.map(([type, size]) => block(type, at(size)))
  return block('icns', Buffer.concat(blocks))
}

function block(type: string, content: Buffer): Buffer {
  const head = Buffer.alloc(8)
  head.write(type, 'latin1')
  head.writeUInt32BE(head.length + content.length, 4)
  return Buffer.concat([head, content])
}
