import type { FaultName } from './fault-names.ts'

export interface Fault {
  readonly name: FaultName
  /** For a switch. */
  readonly title: string
  /** Beside it: the status or value that tells it. */
  readonly detail: string
  /** What the server then does, and what the page makes of it. */
  readonly happens: string
  /** Where this comes from in the field. */
  readonly stack: string
}

/** Every fault in the order in which a screen shows them. */
export const faults: readonly Fault[] = [
  {
    name: 'errors-lose-cors-headers',
    title: 'Errors lose CORS headers',
    detail: '4xx, 5xx',
    happens:
      'Answers with a status from 400 on carry neither CORS headers nor `Vary`: the script gets a network error in place of the error it should show.',
    stack:
      'nginx’s `add_header` without `always`; Starlette and FastAPI, whose handler of thrown errors lies outside of the CORS middleware; Rack::Cors; a worker’s uncaught exception.',
  },
  {
    name: 'preflight-needs-auth',
    title: 'Preflight needs a login',
    detail: '401',
    happens: 'Preflights get 401 without CORS headers: they never carry credentials, so nobody can pass.',
    stack:
      'Authentication ahead of the CORS layer: an API gateway’s authorizer, Spring Security without `http.cors()`, Apache’s `Require valid-user` on all methods.',
  },
  {
    name: 'options-not-routed',
    title: 'OPTIONS is not routed',
    detail: '404, 405',
    happens: 'Preflights get the router’s own answer to a method that it does not know, without CORS headers.',
    stack:
      'CORS headers added in the handlers alone: hapi and aiohttp-cors answer 404 where no route has the method, Go’s `GET /x` patterns and Jetty with `chainPreflight` 405.',
  },
  {
    name: 'preflight-redirected',
    title: 'Preflight is redirected',
    detail: 'slash',
    happens:
      'Preflights are redirected to the path with a slash at its end, or without it; a browser does not follow that, for only a status of 200 to 299 is ok.',
    stack:
      'Django’s APPEND_SLASH, an nginx `location /api/`, Next.js’s `trailingSlash`, a proxy that sends everybody to https or to its login page.',
  },
  {
    name: 'allow-origin-twice',
    title: 'Allow-Origin twice',
    detail: 'app and proxy',
    happens:
      'The proxy adds its own `Access-Control-Allow-Origin: *` to the application’s. Browsers join both lines, and the joined value is no origin.',
    stack:
      'nginx’s `add_header` or Apache’s `Header always set` before an application that has a CORS layer of its own; two layers stacked in one application.',
  },
  {
    name: 'allow-origin-list',
    title: 'Allow-Origin holds a list',
    detail: 'a, b',
    happens: 'All origins of the list are written into one header. Browsers compare the whole value with one origin: it never matches.',
    stack:
      'A configured list joined by commas: `Header set Access-Control-Allow-Origin "a, b"` in Apache, `setenv` in lighttpd, an API gateway’s text field.',
  },
  {
    name: 'origin-in-other-case',
    title: 'Origin in another case',
    detail: 'https://APP…',
    happens: 'The host in `Access-Control-Allow-Origin` is in capitals. Browsers send hosts in lower case and compare byte for byte.',
    stack: 'A fixed origin typed as in a document, `https://App.Example.com`, in any server that sends what is configured.',
  },
  {
    name: 'origin-with-slash',
    title: 'Origin ends with a slash',
    detail: '…com/',
    happens: '`Access-Control-Allow-Origin` ends with a slash. An origin has none, so the value never matches.',
    stack: 'A base URL from the configuration used as the origin: `FRONTEND_URL=https://app.example.com/`.',
  },
  {
    name: 'origin-with-default-port',
    title: 'Default port written out',
    detail: '…com:443',
    happens:
      '`Access-Control-Allow-Origin` names port 443 for https or 80 for http. Browsers leave the default port out, so the value never matches.',
    stack: 'An origin put together from scheme, host and port of the configuration, as in Helm charts and Java’s `URI`.',
  },
  {
    name: 'methods-in-lower-case',
    title: 'Methods in lower case',
    detail: 'put',
    happens: '`Access-Control-Allow-Methods` is in lower case. Methods are compared letter by letter: `put` does not allow `PUT`.',
    stack: 'Methods taken from route tables or configuration keys: `Object.keys(routes)`, OpenAPI’s `get:` and `put:`.',
  },
  {
    name: 'credentials-capitalized',
    title: 'Credentials say True',
    detail: 'True',
    happens: '`Access-Control-Allow-Credentials: True`. Only `true`, in lower case, counts.',
    stack: 'Python’s `str(True)`; .NET’s `true.ToString()`.',
  },
  {
    name: 'no-vary-behind-a-cache',
    title: 'Vary is missing',
    detail: 'behind a cache',
    happens:
      'No answer says `Vary`, and a small shared cache in front keeps the first answer to each GET: whoever asks next gets the CORS headers meant for somebody else.',
    stack:
      'A reflecting server behind a CDN or nginx’s `proxy_cache`: Flask-CORS with one origin, @fastify/cors with a fixed origin, aiohttp-cors, Amazon S3 behind CloudFront.',
  },
  {
    name: 'slow-preflight',
    title: 'Preflight is slow',
    detail: '3 s',
    happens: 'Preflights are answered late, and every request that needs one waits for that long.',
    stack: 'A function that starts cold; a login service asked for each preflight.',
  },
  {
    name: 'connection-dropped',
    title: 'Connection is dropped',
    detail: 'no answer',
    happens: 'The connection is closed without an answer. The page cannot tell this from a CORS failure.',
    stack: 'A firewall that does not know OPTIONS, a crashed worker, a port that only listens.',
  },
  {
    name: 'http-1.0-close',
    title: 'HTTP/1.0, then closed',
    detail: 'no length',
    happens: 'Answers are HTTP/1.0 without `Content-Length`; they end with the connection, and each request needs a new one.',
    stack: 'Python’s `http.server`, CGI scripts, Apache’s `force-response-1.0`.',
  },
]
