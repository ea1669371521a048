import type { Scenario } from '#shared/scenario/scenario'

/**
 * Whether a scenario has a server at a URL; undefined for a host it does not speak of. The page, earlier visits and the steps have one each, which
 * speaks what their URL says. Where a request or a redirect leads to another place, there is one as well that speaks what that URL says. There
 * is none where nothing of the scenario leads: at an image's URL that was upgraded to https, for one.
 */
export function serversOf(scenario: Scenario): (url: URL) => boolean | undefined {
  let servers: Servers | undefined
  return (url) => {
    servers ??= allServers(scenario)
    const ports = servers.get(url.hostname)
    return ports === undefined ? undefined : ports.get(portOf(url))?.has(url.protocol) === true
  }
}

/** By host name and port: what is spoken there. */
type Servers = Map<string, Map<string, Set<string>>>

function allServers({ page, request, then = [], cookies = [], server = [] }: Scenario): Servers {
  const servers: Servers = new Map()
  const add = (urls: readonly (URL | null)[]) => {
    for (const url of urls) {
      if (url === null || url.hostname === '') continue
      const ports = servers.get(url.hostname) ?? new Map<string, Set<string>>()
      ports.set(portOf(url), (ports.get(portOf(url)) ?? new Set()).add(url.protocol))
      servers.set(url.hostname, ports)
    }
  }
  const isFree = (url: URL | null) => url !== null && servers.get(url.hostname)?.has(portOf(url)) !== true

  add([page.origin, ...[...cookies, ...server].map(({ url }) => url)].map((url) => URL.parse(url)))
  const locations = server.flatMap(({ url, preflight, response }) =>
    [preflight, response].flatMap((answer) =>
      answer === undefined || 'drop' in answer
        ? []
        : answer.headers.filter(([name]) => /^location$/i.test(name)).map(([, value]) => parsed(value, url)),
    ),
  )
  add([...[request, ...then].map(({ url }) => parsed(url, page.origin)), ...locations].filter(isFree))
  return servers
}

const parsed = (url: string, base: string): URL | null => URL.parse(url, URL.canParse(base) ? base : undefined)

const portOf = ({ port, protocol }: URL): string => port || (protocol === 'https:' ? '443' : '80')
