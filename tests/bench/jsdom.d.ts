/** The little of jsdom that the benchmark uses. */
declare module 'jsdom' {
  export class VirtualConsole {}
  export class JSDOM {
    constructor(html: string, options: { url: string; virtualConsole: VirtualConsole })
    readonly window: Window & typeof globalThis
  }
}
