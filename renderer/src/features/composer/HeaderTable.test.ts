// @vitest-environment happy-dom
import { mount } from '@vue/test-utils'
import { TooltipProvider } from 'reka-ui'
import { describe, expect, it } from 'vitest'
import { defineComponent, h, nextTick, reactive } from 'vue'
import type { SavedRequest } from '#shared/scenario/workspace'
import HeaderTable from './HeaderTable.vue'

type Request = SavedRequest['request']

function open(headers: [string, string][], disabledHeaders: [string, string][] = []) {
  const request: Request = reactive({ api: 'fetch', url: '', headers, disabledHeaders })
  const table = mount(
    defineComponent(() => () => h(TooltipProvider, () => h(HeaderTable, { modelValue: request, predictions: null, shown: 'chromium' }))),
    { attachTo: document.body },
  )
  const names = () => table.findAll<HTMLInputElement>('input.name').map(({ element }) => element.value)
  return { request, table, names }
}

describe('the header table', () => {
  it('makes a header of what is typed into the last line, and offers another line', async () => {
    const { request, table, names } = open([['A', '1']])
    await table.findAll('input.name')[1]?.setValue('X-Key')
    await nextTick()
    expect(request.headers).toEqual([
      ['A', '1'],
      ['X-Key', ''],
    ])
    expect(names()).toEqual(['A', 'X-Key', ''])
  })

  it('keeps a line that is switched off in its place, and out of the request', async () => {
    const { request, table, names } = open([
      ['A', '1'],
      ['B', '2'],
    ])
    await table.findAll('input[type=checkbox]')[0]?.setValue(false)
    expect(request.headers).toEqual([['B', '2']])
    expect(request.disabledHeaders).toEqual([['A', '1']])
    expect(names()).toEqual(['A', 'B', ''])
  })

  it('moves a line with Alt and an arrow, and the focus with it', async () => {
    const { request, table } = open([
      ['A', '1'],
      ['B', '2'],
    ])
    await table.findAll('input.name')[0]?.trigger('keydown', { key: 'ArrowDown', altKey: true })
    await nextTick()
    expect(request.headers.map(([name]) => name)).toEqual(['B', 'A'])
    expect(document.activeElement).toBe(table.findAll('input.name')[1]?.element)
  })

  it('removes a line', async () => {
    const { request, table } = open([
      ['A', '1'],
      ['B', '2'],
    ])
    await table.get('[aria-label="Remove A"]').trigger('click')
    expect(request.headers).toEqual([['B', '2']])
  })

  it('follows a change from elsewhere', async () => {
    const { request, names } = open([['A', '1']])
    request.headers = [['C', '3']]
    await nextTick()
    await nextTick()
    expect(names()).toEqual(['C', ''])
  })
})
