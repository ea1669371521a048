/** Of one key. Milliseconds. */
export interface KeyLatency {
  /** From the moment at which the key event is made to the one at which the frame that it caused is on the screen. */
  readonly total: number
  /** Of that, until the page has dealt with it: its handlers have run, what they change is in the document. */
  readonly work: number
}

/** What is read of a trace: https://docs.google.com/document/d/1CvAClvFfyA5R-PhYUmn5OOQtYMH4h6I0nSsKchNAySU */
interface TraceEvent {
  readonly name: string
  readonly ph: string
  readonly pid: number
  readonly id2?: { readonly local?: string }
  /** Microseconds. */
  readonly ts: number
  readonly args?: { readonly event_latency?: { readonly event_type?: string } }
}

/**
 * Chromium's own account of each key press that led to a frame (`EventLatency`, category `input.scrolling`): the whole, and its stages from the
 * event's making by the page's main thread and the compositor to the presentation.
 */
export function keyLatencies(trace: string): KeyLatency[] {
  const { traceEvents } = JSON.parse(trace) as { traceEvents: TraceEvent[] }
  const latencies: KeyLatency[] = []
  const open = new Map<string, { since: number; worked: number }>()
  for (const { name, ph, pid, id2, ts, args } of traceEvents.toSorted((a, b) => a.ts - b.ts)) {
    const id = `${pid} ${id2?.local ?? ''}`
    if (name === 'EventLatency' && ph === 'b' && args?.event_latency?.event_type === 'KEY_PRESSED') open.set(id, { since: ts, worked: ts })
    const key = open.get(id)
    if (key === undefined || ph !== 'e') continue
    if (name === 'RendererMainProcessing') key.worked = ts
    if (name !== 'EventLatency') continue
    open.delete(id)
    latencies.push({ total: (ts - key.since) / 1000, work: (key.worked - key.since) / 1000 })
  }
  return latencies
}
