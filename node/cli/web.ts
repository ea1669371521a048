import { once } from 'node:events'
import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { LabError } from '#shared/contract/errors'
import { dataFolder, workspaceFile } from '#node/data-folder'
import { createLab } from '#node/lab'
import { readRendererFiles } from '#node/web-host/renderer-files'
import { serveWebHost } from '#node/web-host/serve'
import { askRunningHost, leaveNote, removeNote } from '#node/web-host/running-host'
import { makeToken, readOrMakeToken } from '#node/web-host/token'
import { readNumber } from './command-line.ts'
import { exitCodes, type ExitCode } from './exit-codes.ts'
import { openBrowser } from './open-browser.ts'
import { version } from './version.ts'

/** Where the page is looked for unless asked otherwise: the same port each time, so that an open tab finds its host again. */
const usualPort = 4780

const builtPage = fileURLToPath(new URL('../../out/renderer', import.meta.url))

/** `corslab web [--port N] [--no-open] [--data DIR]`: the lab in a browser tab, until a signal stops it. */
export async function webVerb(args: string[]): Promise<ExitCode> {
  const { values } = parseArgs({
    args,
    options: { port: { type: 'string' }, open: { type: 'boolean', default: true }, data: { type: 'string' } },
    allowNegative: true,
  })
  const port = readNumber('port', values.port, 0, 65_535)
  const folder = resolve(values.data ?? dataFolder())

  const files = await readRendererFiles(builtPage).catch(() => null)
  if (files === null) {
    console.error('The page has not been built. npm run build does that; npm start does it by itself.')
    return exitCodes.failed
  }
  let token = await readOrMakeToken(folder)
  const running = await askRunningHost(folder, token, workspaceFile(folder))
  if (typeof running === 'object') return pointTo(`http://127.0.0.1:${running.port}/#token=${token}`, values.open)
  if (running === 'stranger') token = await makeToken(folder)

  const report = (error: unknown) => console.error(error)
  const lab = createLab({ name: 'web', version, workspaceFile: workspaceFile(folder) })
  const parts = { files, token, service: lab.service, report }
  const host = await (port === undefined ? serveNearUsualPort(parts) : serveWebHost({ ...parts, port }))
  lab.emitTo(host.emit)
  lab.hide(host.port)
  await leaveNote(folder, host.port)

  console.log(`CORS Lab ${version} is at ${host.url}`)
  console.log(`Everything stays on this machine, in ${folder}. Ctrl+C stops it.`)
  if (values.open) openBrowser(host.url)

  await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')])
  await host.close()
  await lab.close()
  await removeNote(folder)
  return exitCodes.done
}

function pointTo(url: string, open: boolean): ExitCode {
  console.log(`The lab is at work on this data folder already, at ${url}`)
  if (open) openBrowser(url)
  return exitCodes.done
}

/** Nobody asked for this port, so if it is taken, the next free one will do. */
async function serveNearUsualPort(parts: Omit<Parameters<typeof serveWebHost>[0], 'port'>) {
  try {
    return await serveWebHost({ ...parts, port: usualPort })
  } catch (error) {
    if (!(error instanceof LabError) || error.code !== 'port-in-use') throw error
    return serveWebHost({ ...parts, port: (error as LabError<'port-in-use'>).details.free ?? 0 })
  }
}
