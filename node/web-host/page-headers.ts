/**
 * The headers under which both hosts deliver the lab's page. The page shows text that strangers wrote (headers, bodies, messages of
 * browsers), so nothing may run, load or be sent but what the lab brought along; and no other page may embed or read it.
 * @param connect where the page may connect to, besides its own origin: the bridge of the web host.
 */
export function pageHeaders(connect = ''): Record<string, string> {
  return {
    'Content-Security-Policy': [
      "default-src 'none'",
      "script-src 'self'",
      // Vue binds widths and positions as inline styles; a style cannot run anything, and img-src leaves it nowhere to send to.
      "style-src 'self' 'unsafe-inline'",
      "img-src 'self' data:",
      "font-src 'self'",
      `connect-src 'self' ${connect}`.trim(),
      "base-uri 'none'",
      "form-action 'none'",
      "frame-ancestors 'none'",
    ].join('; '),
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'no-referrer',
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Resource-Policy': 'same-origin',
    'Cache-Control': 'no-store',
  }
}
