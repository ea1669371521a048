import type { MockServer } from '#shared/policy/mock-server'
import type { Preset } from './presets.ts'
import type { SavedRequest } from './workspace.ts'

/** A preset as what a workspace holds: its server on a port, its request to it. Names lose their backticks. */
export function openPreset(
  preset: Preset,
  ids: { server: string; request: string },
  port: number,
): { server: MockServer; request: SavedRequest } {
  const { path, ...request } = preset.request
  return {
    server: { ...preset.server, id: ids.server, port },
    request: {
      id: ids.request,
      name: preset.title.replaceAll('`', ''),
      page: preset.page,
      request: { ...request, url: `http://localhost:${port}${path}`, disabledHeaders: [] },
    },
  }
}
