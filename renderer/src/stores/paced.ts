/** Milliseconds between two repaints while results come in: what counts up is read no faster. */
const pace = 250

/** Paints what comes in piece by piece: soon, along with what comes until then, or at once, where nothing more will come. */
export function paced(paint: () => void): { readonly soon: () => void; readonly now: () => void } {
  let waiting: ReturnType<typeof setTimeout> | undefined
  const now = () => {
    clearTimeout(waiting)
    waiting = undefined
    paint()
  }
  return { now, soon: () => (waiting ??= setTimeout(now, pace)) }
}
