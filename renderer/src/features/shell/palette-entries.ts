import { catalogue } from '#shared/learn/catalogue'
import { methodOf } from '#shared/scenario/api-options'
import type { MockServerState } from '#shared/contract/methods'
import type { Workspace } from '#shared/scenario/workspace'
import { commonHeaderNames } from '../composer/common-header-names.ts'
import type { Command } from './shortcuts.ts'

/** A line of the palette. */
export interface PaletteEntry {
  id: string
  group: 'Commands' | 'Requests' | 'Servers' | 'Sweeps' | 'Lessons' | 'Headers'
  text: string
  /** Beside it, and found by it as well: a URL, a port. */
  detail: string
  keys?: string
  run: () => unknown
}

export interface PaletteActions {
  select: (kind: 'request' | 'server' | 'sweep' | 'lesson', id: string) => void
  /** null where no request is shown that could take a header. */
  askForHeader: ((name: string) => void) | null
}

/** Everything that the palette finds: commands, requests, servers, sweeps, lessons, and header names for the request that is shown. */
export function paletteEntries(
  commands: readonly Command[],
  { requests, servers, sweeps }: Workspace,
  states: Readonly<Record<string, MockServerState>>,
  { select, askForHeader }: PaletteActions,
): PaletteEntry[] {
  const names = new Map(
    [...requests.flatMap(({ request }) => request.headers.map(([name]) => name)), ...commonHeaderNames].map(byLowerCase),
  )
  return [
    ...requests.map(({ id, name, request }) => ({
      id: `request ${id}`,
      group: 'Requests' as const,
      text: name,
      detail: `${methodOf(request)} ${request.url}`,
      run: () => select('request', id),
    })),
    ...servers.map(({ id, name, port }) => ({
      id: `server ${id}`,
      group: 'Servers' as const,
      text: name,
      detail: `:${states[id]?.port ?? port} ${states[id] ? 'running' : 'stopped'}`,
      run: () => select('server', id),
    })),
    ...sweeps.map(({ id, name, path }) => ({
      id: `sweep ${id}`,
      group: 'Sweeps' as const,
      text: name,
      detail: path,
      run: () => select('sweep', id),
    })),
    ...catalogue.map(({ id, title }, index) => ({
      id: `lesson ${id}`,
      group: 'Lessons' as const,
      text: title,
      detail: `lesson ${index + 1}`,
      run: () => select('lesson', id),
    })),
    ...commands
      .filter(({ keysOnly }) => !keysOnly)
      .map(({ does, keys, run }) => ({
        id: `command ${does}`,
        group: 'Commands' as const,
        text: does,
        detail: '',
        ...(keys === undefined ? {} : { keys }),
        run: () => run(),
      })),
    ...(askForHeader === null ? [] : [...names.values()].toSorted()).map((name) => ({
      id: `header ${name}`,
      group: 'Headers' as const,
      text: name,
      detail: 'header of this request',
      run: () => askForHeader?.(name),
    })),
  ]
}

const byLowerCase = (name: string): [string, string] => [name.toLowerCase(), name]
