import { readFileSync, writeFileSync } from 'node:fs'
import type { BrowserWindow, Rectangle } from 'electron'

export interface WindowState {
  readonly bounds: Partial<Rectangle> & { width: number; height: number }
  readonly maximized: boolean
}

const first: WindowState = { bounds: { width: 1440, height: 900 }, maximized: false }

/**
 * Where the window was when it was closed last; its first size where that is unknown, or lies on no screen any more.
 * @param screens the work areas of the screens that are there now.
 */
export function readWindowState(file: string, screens: readonly Rectangle[]): WindowState {
  try {
    const { bounds, maximized } = JSON.parse(readFileSync(file, 'utf8')) as { bounds: Rectangle; maximized: unknown }
    const { x, y, width, height } = bounds
    if (![x, y, width, height].every(Number.isInteger)) return first
    // The title bar must be within reach.
    const isSeen = screens.some(
      (screen) => x + width > screen.x + 100 && x < screen.x + screen.width - 100 && y >= screen.y && y < screen.y + screen.height - 100,
    )
    return isSeen ? { bounds: { x, y, width, height }, maximized: maximized === true } : first
  } catch {
    return first
  }
}

/** Remembers the window when it is closed. Written at once, for nothing waits for a closing window; a failure costs no more than the position. */
export function keepWindowState(window: BrowserWindow, file: string): void {
  window.on('close', () => {
    try {
      writeFileSync(file, JSON.stringify({ bounds: window.getNormalBounds(), maximized: window.isMaximized() }))
    } catch (error) {
      console.error(error)
    }
  })
}
