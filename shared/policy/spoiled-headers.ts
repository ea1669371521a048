import { byteCaseInsensitiveMatch, byteLowercase, byteUppercase, type Header, type HeaderList } from '#shared/fetch/header-list'
import type { FaultName } from './fault-names.ts'
import type { Policy } from './policy.ts'

/** The lines of a CORS layer after what the faults do to their values. Faults that do not touch them leave the list as it is. */
export function spoiledHeaders(lines: HeaderList, faults: ReadonlySet<FaultName>, { origins }: Pick<Policy, 'origins'>): HeaderList {
  if (!spoiling.some((name) => faults.has(name))) return lines
  const spoiled = lines
    .filter(([name]) => !(faults.has('no-vary-behind-a-cache') && is(name, 'Vary')))
    .map(([name, value]): Header => {
      if (is(name, 'Access-Control-Allow-Origin')) return [name, spoiledOrigin(value, faults, origins)]
      if (is(name, 'Access-Control-Allow-Methods') && faults.has('methods-in-lower-case')) return [name, byteLowercase(value)]
      if (is(name, 'Access-Control-Allow-Credentials') && faults.has('credentials-capitalized')) return [name, 'True']
      return [name, value]
    })
  const allowed = spoiled.some(([name]) => is(name, 'Access-Control-Allow-Origin'))
  return faults.has('allow-origin-twice') && allowed ? [...spoiled, ['Access-Control-Allow-Origin', '*']] : spoiled
}

const spoiling: readonly FaultName[] = [
  'allow-origin-twice',
  'allow-origin-list',
  'origin-in-other-case',
  'methods-in-lower-case',
  'credentials-capitalized',
  'origin-with-slash',
  'origin-with-default-port',
  'no-vary-behind-a-cache',
]

/** `*` and `null` have neither case nor slash nor port. */
function spoiledOrigin(value: string, faults: ReadonlySet<FaultName>, origins: Policy['origins']): string {
  const all =
    faults.has('allow-origin-list') && value !== '*'
      ? [
          ...new Set([
            value,
            ...(Array.isArray(origins) ? origins : []),
            ...(Array.isArray(origins) && origins.length > 1 ? [] : ['https://www.example.com']),
          ]),
        ]
      : [value]
  return all.map((origin) => spoiledOne(origin, faults)).join(', ')
}

function spoiledOne(origin: string, faults: ReadonlySet<FaultName>): string {
  const [, scheme, host = '', port] = /^([a-z][a-z0-9+.-]*:\/\/)(\[[^\]]*\]|[^:/]*)(:[0-9]+)?$/i.exec(origin) ?? []
  if (scheme === undefined) return origin
  const defaultPort = { 'https://': ':443', 'http://': ':80' }[byteLowercase(scheme)] ?? ''
  return [
    scheme,
    faults.has('origin-in-other-case') ? byteUppercase(host) : host,
    port ?? (faults.has('origin-with-default-port') ? defaultPort : ''),
    faults.has('origin-with-slash') ? '/' : '',
  ].join('')
}

const is = byteCaseInsensitiveMatch
