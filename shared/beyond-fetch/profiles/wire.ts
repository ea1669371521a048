import { headerOrder, standardAccept } from '#shared/fetch/wire-habits'
import type { WireHabits } from '#shared/fetch/wire-habits'

/**
 * The headers that each browser was seen to send, from a page on http://localhost to servers on localhost, 127.0.0.1 and another host, over
 * HTTP/1.1. `Host`, `Connection` and `Content-Length` are the transport's. In Chromium the place of headers that a script set varies.
 */
export const chromiumWire: WireHabits = {
  acceptLanguage: 'en-US,en;q=0.9',
  acceptEncoding: ['gzip, deflate, br, zstd', 'gzip, deflate'],
  accept: {
    ...standardAccept,
    image: 'image/jxl,image/avif,image/webp,image/apng,image/svg+xml,image/*,*/*;q=0.8',
    iframe:
      'text/html,application/xhtml+xml,application/xml;q=0.9,image/jxl,image/avif,image/webp,image/apng,*/*;q=0.8,' +
      'application/signed-exchange;v=b3;q=0.7',
  },
  clientHints: [
    ['sec-ch-ua-platform', '"Linux"'],
    ['sec-ch-ua', '"Not:A-Brand";v="8", "Chromium";v="156"'],
    ['sec-ch-ua-mobile', '?0'],
  ],
  always: [],
  ofInitiator: {},
  preflightAlwaysSaysMode: true,
  preflightOrder: headerOrder(
    ...['accept', 'access-control-request-method', 'access-control-request-headers', 'origin', 'user-agent'],
    ...['sec-fetch-mode', 'sec-fetch-site', 'sec-fetch-dest', 'referer', 'accept-encoding', 'accept-language'],
  ),
  requestOrder: headerOrder(
    ...['sec-ch-ua-platform', 'user-agent', 'sec-ch-ua', 'content-type', '*', 'sec-ch-ua-mobile', 'accept', 'origin'],
    ...['sec-fetch-site', 'sec-fetch-mode', 'sec-fetch-dest', 'referer', 'accept-encoding', 'accept-language'],
  ),
}

export const firefoxWire: WireHabits = {
  acceptLanguage: 'en-US,en;q=0.9',
  acceptEncoding: ['gzip, deflate, br, zstd', 'gzip, deflate'],
  accept: {
    ...standardAccept,
    image: 'image/avif,image/webp,image/png,image/svg+xml,image/*;q=0.8,*/*;q=0.5',
    font: 'application/font-woff2;q=1.0,application/font-woff;q=0.9,*/*;q=0.8',
  },
  clientHints: [],
  always: [['Priority', 'u=4']],
  ofInitiator: { img: [['Priority', 'u=5, i']], script: [], css: [['Priority', 'u=2']], font: [], link: [], beacon: [['Priority', 'u=6']] },
  preflightAlwaysSaysMode: false,
  preflightOrder: headerOrder(
    ...['user-agent', 'accept', 'accept-language', 'accept-encoding', 'access-control-request-method', 'access-control-request-headers'],
    ...['referer', 'origin', 'sec-fetch-dest', 'sec-fetch-mode', 'sec-fetch-site', 'priority'],
  ),
  requestOrder: headerOrder(
    ...['user-agent', 'accept', 'accept-language', 'accept-encoding', 'referer', '*', 'origin'],
    ...['sec-fetch-dest', 'sec-fetch-mode', 'sec-fetch-site', 'priority'],
  ),
}

export const webkitWire: WireHabits = {
  acceptLanguage: 'en-US',
  acceptEncoding: ['gzip, deflate', 'gzip, deflate'],
  accept: { ...standardAccept, image: 'image/webp,image/avif,video/*;q=0.8,image/png,image/svg+xml,image/*;q=0.8,*/*;q=0.5' },
  clientHints: [],
  always: [],
  ofInitiator: { beacon: [['Cache-Control', 'max-age=0']] },
  preflightAlwaysSaysMode: false,
  preflightOrder: headerOrder(
    ...['origin', 'access-control-request-method', 'referer', 'access-control-request-headers', 'user-agent', 'accept'],
    ...['accept-encoding', 'accept-language', 'sec-fetch-mode', 'sec-fetch-dest', 'sec-fetch-site'],
  ),
  requestOrder: headerOrder(
    ...['content-type', 'origin', 'referer', 'accept', 'user-agent', 'accept-encoding', 'accept-language'],
    ...['sec-fetch-dest', 'sec-fetch-mode', 'sec-fetch-site', '*'],
  ),
}
