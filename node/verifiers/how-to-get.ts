import type { Engine } from '#shared/contract/browsers'

/** How a browser of this engine is got on this system: commands and addresses. */
export function howToGet(engine: Engine, platform: string): string {
  return (platform === 'linux' ? onLinux : elsewhere)[engine]
}

const onLinux: Readonly<Record<Engine, string>> = {
  chromium: 'Debian: apt-get install chromium. Fedora: dnf install chromium. Chrome: https://www.google.com/chrome/',
  firefox: 'Debian: apt-get install firefox-esr. Fedora: dnf install firefox. Others: https://www.mozilla.org/firefox/',
  webkit: 'Debian and Ubuntu: apt-get install webkit2gtk-driver xvfb. The lab uses its MiniBrowser, on a screen that Xvfb plays.',
}

const elsewhere: Readonly<Record<Engine, string>> = {
  chromium: 'Chrome: https://www.google.com/chrome/. Edge: https://www.microsoft.com/edge. Brave: https://brave.com/download/',
  firefox: 'Firefox: https://www.mozilla.org/firefox/',
  webkit: 'The lab drives WebKitGTK’s MiniBrowser, which is to be had on Linux only.',
}
