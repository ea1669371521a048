/** What a mark looks like, on a 16-unit grid. A shape belongs to one meaning, so that colour is never alone. */
interface Drawing {
  readonly tone: 'allowed' | 'blocked' | 'limited' | 'preflight' | 'none' | 'text'
  readonly body?: 'circle' | 'octagon' | 'diamond' | 'triangle'
  /** How the body is drawn where the mark is filled: filled too, unless this says otherwise. */
  readonly stays?: 'hollow' | 'dashed'
  readonly half?: string
  readonly glyph?: string
  readonly dot?: boolean
}

export type MarkName =
  | 'allowed'
  | 'blocked'
  | 'opaque'
  | 'preflight'
  | 'no-preflight'
  | 'unknown'
  | 'same'
  | 'differs'
  | 'nothing'
  | 'to-do'
  | 'broken'
  | 'risk'
  | 'notice'

const check = 'm5 8.2 2.1 2.1L11 6.2'
const cross = 'm5.6 5.6 4.8 4.8m0-4.8-4.8 4.8'

export const bodies = {
  circle: 'M8 1.25a6.75 6.75 0 1 1 0 13.5 6.75 6.75 0 1 1 0-13.5z',
  octagon: 'M5.2 1.25h5.6l3.95 3.95v5.6l-3.95 3.95H5.2L1.25 10.8V5.2z',
  diamond: 'M8 .9 15.1 8 8 15.1.9 8z',
  triangle: 'M8 1.9 14.9 14H1.1z',
}

export const marks: Readonly<Record<MarkName, Drawing>> = {
  allowed: { tone: 'allowed', body: 'circle', glyph: check },
  blocked: { tone: 'blocked', body: 'octagon', glyph: cross },
  /** Readable in part: half of the disc. */
  opaque: { tone: 'limited', body: 'circle', stays: 'hollow', half: 'M8 1.25a6.75 6.75 0 0 1 0 13.5z' },
  preflight: { tone: 'preflight', body: 'diamond', glyph: 'm5.2 8.2 2 2 3.6-3.9' },
  'no-preflight': { tone: 'none', body: 'diamond', stays: 'dashed' },
  unknown: { tone: 'none', body: 'circle', stays: 'hollow', glyph: 'M6.2 6.4c.1-2.2 3.7-2.1 3.6.1-.1 1.2-1.7 1.3-1.8 2.5m0 2.2v.1' },
  same: { tone: 'none', dot: true },
  differs: { tone: 'text', glyph: 'M4.5 6.2h7m-7 3.6h7M10 3.6 6 12.4' },
  nothing: { tone: 'none', glyph: 'M5 8h6' },
  'to-do': { tone: 'none', body: 'circle', stays: 'dashed' },
  /** Of findings. */
  broken: { tone: 'blocked', body: 'octagon', glyph: 'M8 4.6v4M8 11v.2' },
  risk: { tone: 'limited', body: 'triangle', glyph: 'M8 6.4v3.2M8 11.7v.2' },
  notice: { tone: 'none', body: 'circle', glyph: 'M8 7.4v3.4M8 5v.2' },
}
