/** The lab as it runs behind its window: policy evaluated, every exchange logged, and told as it is to a page. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createLab } from '#node/lab'
import { definition } from './definition.ts'
import { ready } from './subject.ts'

const folder = mkdtempSync(join(tmpdir(), 'corslab-bench-'))
process.on('exit', () => rmSync(folder, { recursive: true, force: true }))
const lab = createLab({ name: 'web', version: '0', workspaceFile: join(folder, 'workspace.json') })
// As the web host does with what it is told.
lab.emitTo((event, payload) => JSON.stringify([event, payload]).length)
const { port } = await lab.service['mock-server.start'](definition)
ready(port)
