import { newPolicy } from '#shared/policy/policy'
import { all, header, run, type ExchangeFact, type Facts } from '../facts.ts'
import type { HeaderEntry, Lesson, LessonRequest } from '../lesson.ts'

type Request = LessonRequest['request']

const page = { origin: 'http://localhost:8000' }
const url = 'http://localhost:{api}/orders/7'
const get: Request = { api: 'fetch', url, headers: [] }
const put: Request = { api: 'fetch', url, method: 'PUT', headers: [['X-Api-Key', 'k']] }

/** A header with its example, which goes by the header's name. */
const entry = (
  name: string,
  side: HeaderEntry['side'],
  on: HeaderEntry['on'],
  request: Request,
  text: string,
  more: Partial<LessonRequest> = {},
): HeaderEntry => ({ name, side, on, text, request: { id: name, name, page, request, ...more } })

const asking: readonly HeaderEntry[] = [
  entry(
    'Origin',
    'request',
    'request',
    get,
    'Who asks: scheme, host and port of the page, or `null` for an origin that is opaque. The browser writes it into every request of CORS and into every preflight. Try another page.',
  ),
  entry(
    'Access-Control-Request-Method',
    'request',
    'preflight',
    put,
    'The method that the request will have. Letter case counts: `patch` is not `PATCH`. Try another method; with `GET`, `HEAD` or `POST` and no header of your own there is no preflight to say it.',
  ),
  entry(
    'Access-Control-Request-Headers',
    'request',
    'preflight',
    put,
    'The names of the request’s headers that are not safelisted: lower case, sorted, with commas and no spaces. It is left out where there are none. Add a header to the call, or take one away.',
  ),
]

const permitting: readonly HeaderEntry[] = [
  entry(
    'Access-Control-Allow-Methods',
    'response',
    'preflight',
    put,
    'The methods that may follow. `GET`, `HEAD` and `POST` need not be listed. `*` stands for all, but only where the request has no credentials. Take `PUT` off the list.',
  ),
  entry(
    'Access-Control-Allow-Headers',
    'response',
    'preflight',
    put,
    'The request headers that may come along, in any letter case. `*` stands for all but `Authorization`, and only without credentials. Take `x-api-key` off the list.',
  ),
  entry(
    'Access-Control-Max-Age',
    'response',
    'preflight',
    put,
    'How many seconds the browser may go by this answer before it asks anew. Without it, 5; every browser has a limit of its own. Write another number.',
  ),
]

const sharing: readonly HeaderEntry[] = [
  entry(
    'Access-Control-Allow-Origin',
    'response',
    'request',
    get,
    'Who may read: one origin, exactly as the request says it, or `*` for anybody without credentials. Two origins in one header are none. A server that answers each origin with its own says `Vary: Origin` as well. Let anybody read, or nobody.',
  ),
  entry(
    'Access-Control-Allow-Credentials',
    'response',
    'request',
    { ...get, credentials: 'include' },
    '`true`, in lower case, is the only value. Without it no script reads the answer to a request that was sent with credentials: cookies, or a log-in that the browser keeps. With it, `*` means nothing any more. Switch it off.',
    { cookies: [{ url: 'http://localhost:{api}/', set: ['session=7'] }] },
  ),
  entry(
    'Access-Control-Expose-Headers',
    'response',
    'request',
    get,
    'The response headers that the script may read besides the safelisted ones, such as `Content-Type`. `*` stands for all, but only without credentials. Add `X-Page` to the list; an eye marks what the script reads.',
  ),
]

/** A header went over the wire with two values. */
const twoValues =
  ({ name, side, on }: HeaderEntry) =>
  ({ seen }: Facts): boolean => {
    const exchanges = seen.filter((fact): fact is ExchangeFact => fact.fact === 'exchange' && fact.kind === on)
    return new Set(exchanges.map((fact) => header(fact[side], name)).filter((value) => value !== null)).size >= 2
  }

const twice = (entries: readonly HeaderEntry[]) =>
  entries.map((each) => ({
    id: each.name.toLowerCase(),
    text: `\`${each.name}\` was sent with two different values`,
    done: twoValues(each),
  }))

/** One of the examples was allowed, and one was not. */
const eitherWay = (...entries: readonly HeaderEntry[]) => {
  const ended = (outcome: 'cors' | 'network-error') => run({ id: (id) => entries.some(({ name }) => name === id), outcome })
  return all(ended('cors'), ended('network-error'))
}

const [allowOrigin, allowCredentials, exposeHeaders] = sharing as [HeaderEntry, HeaderEntry, HeaderEntry]

export const keyHeaders: Lesson = {
  id: 'key-headers',
  title: 'The key headers',
  minutes: 10,
  servers: [
    {
      role: 'api',
      name: 'Orders API',
      port: 5000,
      definition: {
        policy: {
          ...newPolicy,
          origins: [page.origin],
          credentials: true,
          requestHeaders: ['x-api-key'],
          exposedHeaders: ['X-Total'],
        },
        response: {
          kind: 'json',
          status: 200,
          headers: [
            ['X-Total', '1'],
            ['X-Page', '1'],
          ],
          body: '{"id":7,"item":"tea"}',
        },
      },
    },
  ],
  steps: [
    {
      title: 'What the browser says',
      text: [
        'CORS has nine headers of its own. Three of them are the browser’s: `Origin`, and two that only a preflight has. Scripts can neither set nor remove them.',
        'Each header below comes with a request that has it. Change the page or the call, watch the prediction follow, and run it: the lab sends it to a real server, and “Every byte” shows what went each way.',
      ],
      why: { page, request: put },
      checks: twice(asking),
      bench: [{ part: 'headers', server: 'api', headers: asking }],
    },
    {
      title: 'What answers a preflight',
      text: [
        'Three headers belong to the answer to a preflight, and mean nothing anywhere else: what may follow, with which headers, and for how long that holds.',
        'Here it is the server’s policy that you change, below the request. It holds from the next request on.',
      ],
      why: { page, request: put },
      checks: [
        ...twice(permitting),
        { id: 'stopped', text: 'One of these requests was allowed, and one was stopped by your change', done: eitherWay(...permitting) },
      ],
      bench: [{ part: 'headers', server: 'api', headers: permitting }],
    },
    {
      title: 'What every answer says',
      text: [
        'The last three decide what a script gets. `Access-Control-Allow-Origin` and `Access-Control-Allow-Credentials` must stand in the answer to the preflight and again in the answer to the request; `Access-Control-Expose-Headers` counts in the latter alone.',
        'An error needs them as much as a success: a page that is to read why it was answered 401 or 500 can do so only if the error has these headers, too.',
      ],
      why: { page, request: { ...get, credentials: 'include' } },
      checks: [
        ...twice([allowOrigin, exposeHeaders]),
        {
          id: 'access-control-allow-credentials',
          text: 'A request with credentials is read with `Access-Control-Allow-Credentials`, and not without',
          done: eitherWay(allowCredentials),
        },
      ],
      bench: [{ part: 'headers', server: 'api', headers: sharing }],
    },
  ],
}
