import { byteLowercase, byteUppercase, get } from '#shared/fetch/header-list'
import type { ScenarioRequest } from '#shared/scenario/scenario'
import { code, listed } from '../prose.ts'
import type { Prediction } from '../prediction.ts'
import { stopPlace } from '../stop.ts'
import type { Edit } from './edit.ts'
import type { World } from './world.ts'

/** What the page could ask for otherwise, as far as it may turn this prediction. */
export function requestEdits(world: World, prediction: Prediction): Edit[] {
  const { request } = world.scenario
  return [
    ...modeEdits(world, prediction),
    ...credentialsEdits(world, request),
    ...headerEdits(world, prediction),
    ...shapeEdits(world, prediction),
  ]
}

/** @param changes an undefined value takes the part away. */
function edit(
  world: World,
  part: string,
  label: string,
  cost: string,
  changes: { [Part in keyof ScenarioRequest]?: ScenarioRequest[Part] | undefined },
): Edit {
  const kept = Object.entries({ ...world.scenario.request, ...changes }).filter(([, value]) => value !== undefined)
  const request = Object.fromEntries(kept) as ScenarioRequest
  return {
    part: `request ${part}`,
    label,
    danger: 'request',
    cost: `Changes the request, not the server. ${cost}`,
    world: { ...world, scenario: { ...world.scenario, request } },
  }
}

function modeEdits(world: World, { outcome }: Prediction): Edit[] {
  const { api, mode, redirect, uploadListener } = world.scenario.request
  return [
    ...(api === 'fetch' && (mode === 'no-cors' || mode === 'same-origin')
      ? [edit(world, 'mode', 'Ask in mode `cors`', 'The server then has to let the page read.', { mode: undefined })]
      : []),
    ...(redirect === 'error' || (redirect === 'manual' && outcome === 'opaqueredirect')
      ? [edit(world, 'redirect', 'Follow redirects', 'Each URL on the way then has to let the page in.', { redirect: undefined })]
      : []),
    ...(uploadListener
      ? [
          edit(world, 'listener', 'Listen to no upload events', 'The page then sees no progress of the upload.', {
            uploadListener: undefined,
          }),
        ]
      : []),
  ]
}

function credentialsEdits(world: World, { credentials }: ScenarioRequest): Edit[] {
  return credentials === 'include'
    ? [
        edit(world, 'credentials', 'Send no credentials to other origins', 'Cookies stay behind: the server does not know the visitor.', {
          credentials: undefined,
        }),
      ]
    : []
}

/** Leaves out the headers that the preflight asked for in vain, or that the API refuses. */
function headerEdits(world: World, { exchanges, ruling }: Prediction): Edit[] {
  const { headers } = world.scenario.request
  const last = exchanges.at(-1)
  const allowed = (last?.answer.type === 'response' ? (get(last.answer.headerList, 'Access-Control-Allow-Headers') ?? '') : '')
    .split(',')
    .map((name) => byteLowercase(name.trim()))
  const refused = last?.kind === 'preflight' ? (last.requestHeaders ?? []).filter((name) => !allowed.includes(byteLowercase(name))) : []
  const blamed = ruling.facts?.['headerName']
  const named = new Set([...refused, ...(typeof blamed === 'string' ? [blamed] : [])].map(byteLowercase))
  const out = headers.filter(([name]) => named.has(byteLowercase(name)))
  if (out.length === 0) return []
  const names = [...new Set(out.map(([name]) => name))]
  return [
    edit(world, 'headers', `Leave out ${listed(names)}`, `The server does not get what ${names.length === 1 ? 'it says' : 'they say'}.`, {
      headers: headers.filter((header) => !out.includes(header)),
    }),
  ]
}

/** What the API does not take, and what a redirect of the preflight leads to. */
function shapeEdits(world: World, prediction: Prediction): Edit[] {
  const { method = 'GET', body } = world.scenario.request
  const last = prediction.exchanges.at(-1)
  const location =
    last?.answer.type === 'response' && last.answer.status >= 300 && last.answer.status <= 399
      ? get(last.answer.headerList, 'Location')
      : null
  const target = last === undefined || location === null ? null : URL.parse(location, last.url)
  const upper = byteUppercase(method)
  return [
    ...(stopPlace(prediction) === 'before-sending' && body !== undefined && /^(?:get|head)$/i.test(method)
      ? [
          edit(world, 'body', 'Send no body', 'A GET or HEAD request has none.', { body: undefined }),
          edit(world, 'method', 'Ask with `POST`', 'The server may do something else for it.', { method: 'POST' }),
        ]
      : []),
    ...(upper !== method
      ? [
          edit(world, 'method', `Write the method as ${code(upper)}`, 'Methods are compared letter by letter, in upper and lower case.', {
            method: upper,
          }),
        ]
      : []),
    ...(target !== null
      ? [edit(world, 'url', `Ask for ${code(target.href)} at once`, 'A preflight may not be redirected.', { url: target.href })]
      : []),
  ]
}
