import type { Protocol } from 'electron'
import { pageHeaders } from '#node/web-host/page-headers'
import type { RendererFiles } from '#node/web-host/renderer-files'

/** The page's own scheme: unlike `file:` it has an origin, and reaches nothing but what is served here. */
export const pageURL = 'lab://app/'

/** Must be said before the app is ready. */
export function registerPageScheme(protocol: Protocol): void {
  protocol.registerSchemesAsPrivileged([{ scheme: 'lab', privileges: { standard: true, secure: true } }])
}

/** Answers for `lab://app/…` with the built page's files, under the same headers as the web host. */
export function servePage(protocol: Protocol, files: RendererFiles): void {
  const headers = pageHeaders()
  protocol.handle('lab', (request) => {
    const url = new URL(request.url)
    const file = url.host === 'app' && request.method === 'GET' ? files.get(url.pathname) : undefined
    return file
      ? new Response(file.bytes, { headers: { ...headers, 'Content-Type': file.type } })
      : new Response('There is no such file.\n', { status: 404, headers: { ...headers, 'Content-Type': 'text/plain; charset=utf-8' } })
  })
}
