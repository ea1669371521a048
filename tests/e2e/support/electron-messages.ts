/** What the harness, in the part of Electron's renderer process, says to the process that runs the main bundle; and what that says back. */
export type ToMain =
  | { type: 'invoke'; id: number; channel: string; args: unknown[] }
  | { type: 'request'; id: number; url: string }
  | { type: 'open'; id: number; url: string }

export type FromMain =
  | { type: 'loaded'; url: string; preload: string }
  | { type: 'send'; channel: string; args: unknown[] }
  | { type: 'answer'; id: number; value?: unknown; error?: string }
