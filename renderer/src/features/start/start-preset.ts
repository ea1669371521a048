import type { Preset } from '#shared/scenario/presets'
import { useMockServersStore } from '../../stores/mock-servers.ts'
import { useWorkspaceStore } from '../../stores/workspace.ts'

/** Free ports that are tried: what is free now may be taken a moment later. */
const tries = 4

/** Opens a preset and starts its server. Where another program has the port, it takes a free one: nobody chose the first. */
export async function startPreset(preset: Preset): Promise<void> {
  const workspace = useWorkspaceStore()
  const mockServers = useMockServersStore()
  const { server, request } = workspace.addPreset(preset)
  for (let n = 0; n < tries; n += 1) {
    await mockServers.start(server)
    const mishap = mockServers.mishaps[server.id]
    if (mishap?.code !== 'port-in-use' || !('free' in mishap.details) || typeof mishap.details.free !== 'number') return
    request.request.url = request.request.url.replace(`:${server.port}/`, `:${mishap.details.free}/`)
    server.port = mishap.details.free
  }
}
