// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest'
import { matches, runShortcut } from './shortcuts.ts'

const press = (key: string, init: KeyboardEventInit = {}) => new KeyboardEvent('keydown', { key, cancelable: true, bubbles: true, ...init })

describe('a key press', () => {
  it.each([
    ['Ctrl ↵', press('Enter', { ctrlKey: true })],
    ['Ctrl Shift S', press('S', { ctrlKey: true, shiftKey: true })],
    ['Alt N', press('n', { altKey: true })],
    ['Alt N', press('ń', { altKey: true, code: 'KeyN' })],
    ['Esc', press('Escape')],
    ['F2', press('F2')],
    ['?', press('?', { shiftKey: true })],
    ['[', press('[')],
    ['Alt 1', press('1', { altKey: true, code: 'Digit1' })],
    ['Alt 1', press('&', { altKey: true, code: 'Digit1' })],
    ['Ctrl Shift /', press('?', { ctrlKey: true, shiftKey: true, code: 'Slash' })],
    ['Ctrl Shift Z', press('Z', { ctrlKey: true, shiftKey: true })],
  ])('is %s', (keys, event) => {
    expect(matches(event, keys)).toBe(true)
  })

  it.each([
    ['Ctrl ↵', press('Enter')],
    ['Ctrl S', press('S', { ctrlKey: true, shiftKey: true })],
    ['Ctrl L', press('l', { ctrlKey: true, altKey: true })],
    ['Alt N', press('n')],
    ['F2', press('F2', { shiftKey: true })],
    ['[', press('[', { ctrlKey: true })],
    ['Ctrl Z', press('Z', { ctrlKey: true, shiftKey: true })],
    // The place of S, on a keyboard where it types O.
    ['Ctrl Shift S', press('O', { ctrlKey: true, shiftKey: true, code: 'KeyS' })],
  ])('is not %s with other modifiers', (keys, event) => {
    expect(matches(event, keys)).toBe(false)
  })
})

describe('running a shortcut', () => {
  it('keeps the key from the browser, unless there was nothing to do', () => {
    const taken = press('b', { ctrlKey: true })
    runShortcut(taken, [{ keys: 'Ctrl B', does: 'x', run: () => true }])
    expect(taken.defaultPrevented).toBe(true)
    const left = press('Escape')
    runShortcut(left, [{ keys: 'Esc', does: 'x', run: () => false }])
    expect(left.defaultPrevented).toBe(false)
  })

  it('takes the second way, too', () => {
    const taken = press('/', { ctrlKey: true, shiftKey: true })
    runShortcut(taken, [{ keys: '?', also: 'Ctrl Shift /', does: 'x', outsideFields: true, run: () => true }])
    expect(taken.defaultPrevented).toBe(true)
  })

  it('leaves letters to a field that has the focus', () => {
    const field = document.body.appendChild(document.createElement('input'))
    let ran = 0
    const shortcuts = [{ keys: '[', does: 'x', outsideFields: true, run: () => (ran += 1) }]
    field.addEventListener('keydown', (event) => runShortcut(event, shortcuts))
    field.dispatchEvent(press('['))
    expect(ran).toBe(0)
    document.body.addEventListener('keydown', (event) => event.target === document.body && runShortcut(event, shortcuts))
    document.body.dispatchEvent(press('['))
    expect(ran).toBe(1)
  })
})
