import { join } from 'node:path'
import { expect, it } from 'vitest'
import { newMockServer } from '#shared/policy/mock-server'
import { createLab } from '#node/lab'
import { sampled } from '../support/quick.ts'
import { foldersLeft, inEachBrowser, processesLeft, scratch } from './real-browsers.ts'

const listening = () => process.getActiveResourcesInfo().filter((name) => name === 'TCPServerWrap').length

inEachBrowser(
  'a lab that closes',
  ({ engine, program }) => {
    // Milliseconds after a proof, when a page for the next one opens: its proxy listens by then, the page has not come, or just has.
    it.each(sampled([200, 0, 1500], 3))('leaves nothing that listens or runs, %i ms after a proof', async (pause) => {
      const lab = createLab({ name: 'web', version: '0', workspaceFile: join(scratch, `closing-${engine}`, 'workspace.json') })
      const finished = new Promise<void>((resolve) => lab.emitTo((event) => event === 'proof.finished' && resolve()))
      const { port } = await lab.service['mock-server.start'](newMockServer({ id: 'api', name: 'API', port: 0 }))
      const { id } = await lab.service['browser.add']({ program })
      await lab.service['proof.start']({
        scenario: {
          id: 'a',
          page: { origin: 'http://app.test' },
          request: { api: 'fetch', url: `http://localhost:${port}/`, headers: [] },
        },
        browsers: [id],
        network: false,
      })
      await finished
      await new Promise((resolve) => setTimeout(resolve, pause))
      await lab.close()

      await expect.poll(listening).toBe(0)
      expect([...(await processesLeft()), ...(await foldersLeft())]).toEqual([])
    })
  },
  ['webkit'],
)
