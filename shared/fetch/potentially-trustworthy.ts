/** https://w3c.github.io/webappsec-secure-contexts/#is-url-trustworthy */
export function isPotentiallyTrustworthy({ protocol, hostname }: URL): boolean {
  if (protocol === 'https:' || protocol === 'wss:' || protocol === 'data:') return true
  // The URL parser writes every IPv4 address in four numbers, and IPv6 ones in brackets at their shortest.
  return hostname === 'localhost' || hostname.endsWith('.localhost') || hostname === '[::1]' || /^127\.[0-9.]+$/.test(hostname)
}
