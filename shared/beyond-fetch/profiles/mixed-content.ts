import { isIPAddress } from '#shared/fetch/mixed-content'
import type { MixedContentWays } from '#shared/fetch/mixed-content'
import { isPotentiallyTrustworthy } from '#shared/fetch/potentially-trustworthy'

/**
 * Images from an address are let through as they are, and so is what lies in the local network: Local Network Access asks the user there. Whether
 * they are upgraded is decided by the first URL, once for all that redirects lead to (blink::MixedContentChecker::UpgradeInsecureRequest).
 */
export const chromiumMixedContent: MixedContentWays = {
  ofImage: (url, _page, first) => (isIPAddress(first ?? url) || isLocal(first ?? url) ? 'allowed' : 'upgraded'),
  ofOthers: (url) => (isLocal(url) ? 'allowed' : 'blocked'),
}

/** A page on loopback may show images from anywhere, as developers' servers have no certificate. */
export const firefoxMixedContent: MixedContentWays = {
  ofImage: (url, page) => (isPotentiallyTrustworthy(url) || isLoopback(page) ? 'allowed' : 'upgraded'),
  ofOthers: (url) => (isPotentiallyTrustworthy(url) ? 'allowed' : 'blocked'),
}

/** Loopback is http like any other, but for images that come from there directly. */
export const webkitMixedContent: MixedContentWays = {
  ofImage: (url, _page, first) => {
    if (isLoopback(url) && !url.hostname.startsWith('[')) return first === null ? 'allowed' : 'blocked'
    return /^[0-9.]+$/.test(url.hostname) ? 'blocked' : 'upgraded'
  },
  ofOthers: () => 'blocked',
}

const isLoopback = ({ hostname }: URL): boolean => isPotentiallyTrustworthy(new URL(`http://${hostname}/`))

/** Whether Chromium can tell from the URL alone that it leads to this machine or its network. */
const isLocal = (url: URL): boolean => isLoopback(url) || isPrivateHost(url)

/** Names under `.local`; 0/8, 10/8, 100.64/10, 169.254/16, 172.16/12 and 192.168/16; fc00::/7 and fe80::/10. */
const isPrivateHost = ({ hostname }: URL): boolean =>
  hostname.endsWith('.local') ||
  /^(?:0\.|10\.|100\.(?:6[4-9]|[7-9][0-9]|1[01][0-9]|12[0-7])\.|169\.254\.|172\.(?:1[6-9]|2[0-9]|3[01])\.|192\.168\.)[0-9.]+$/.test(
    hostname,
  ) ||
  /^\[(?:f[cd]|fe[89ab])/.test(hostname)
