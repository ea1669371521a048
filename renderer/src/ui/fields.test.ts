// @vitest-environment happy-dom
import { mount } from '@vue/test-utils'
import { describe, expect, it } from 'vitest'
import { nextTick } from 'vue'
import Divider from './Divider.vue'
import NameField from './NameField.vue'
import NumberField from './NumberField.vue'
import TokenField from './TokenField.vue'

describe('a token field', () => {
  const open = (modelValue: string[]) => {
    const field = mount(TokenField, { props: { label: 'Methods', placeholder: '', modelValue } })
    const last = () => field.emitted('update:modelValue')?.at(-1)
    return { field, last, input: field.get('input') }
  }

  it.each(['Enter', ',', ' '])('ends a token with %j', async (key) => {
    const { input, last } = open(['PUT'])
    await input.setValue('patch')
    await input.trigger('keydown', { key })
    expect(last()).toEqual([['PUT', 'patch']])
  })

  it('takes several at once, each only once', async () => {
    const { input, last } = open(['PUT'])
    await input.setValue('PUT, DELETE  PATCH')
    await input.trigger('blur')
    expect(last()).toEqual([['PUT', 'DELETE', 'PATCH']])
  })

  it('takes the last one away with Backspace, but not while something is typed', async () => {
    const { input, last } = open(['PUT', 'PATCH'])
    await input.setValue('x')
    await input.trigger('keydown', { key: 'Backspace' })
    expect(last()).toBeUndefined()
    await input.setValue('')
    await input.trigger('keydown', { key: 'Backspace' })
    expect(last()).toEqual([['PUT']])
  })
})

describe('a number field', () => {
  const open = (optional: boolean) =>
    mount(NumberField, { props: { label: 'Port', min: 0, max: 65_535, rule: 'A port.', width: 60, modelValue: 4001, optional } })

  it.each(['70000', '-1', '40.5', 'abc', ''])('keeps %j to itself and says what it takes', async (typed) => {
    const field = open(false)
    await field.get('input').setValue(typed)
    expect(field.emitted('update:modelValue')).toBeUndefined()
    expect(field.get('[role=alert]').text()).toBe('A port.')
    expect(field.get('input').attributes('aria-invalid')).toBe('true')
  })

  it('passes a number on, and nothing typed as null where that may be', async () => {
    const field = open(true)
    await field.get('input').setValue('4002')
    await field.get('input').setValue('')
    expect(field.emitted('update:modelValue')).toEqual([[4002], [null]])
  })

  it('shows a number that changed elsewhere', async () => {
    const field = open(false)
    await field.setProps({ modelValue: 4004 })
    expect(field.get('input').element.value).toBe('4004')
  })
})

describe('a name field', () => {
  const open = () => mount(NameField, { props: { label: 'Name', modelValue: 'Orders' }, attachTo: document.body })

  it('keeps a name with Enter, once', async () => {
    const field = open()
    await field.get('input').setValue(' Accounts ')
    await field.get('input').trigger('keydown', { key: 'Enter' })
    await field.get('input').trigger('blur')
    expect(field.emitted('update:modelValue')).toEqual([['Accounts']])
    expect(field.emitted('done')).toHaveLength(1)
  })

  it.each(['Escape', 'Enter'])('leaves the old name: %s', async (key) => {
    const field = open()
    await field.get('input').setValue(key === 'Enter' ? '  ' : 'Accounts')
    await field.get('input').trigger('keydown', { key })
    await nextTick()
    expect(field.emitted('update:modelValue')).toBeUndefined()
    expect(field.emitted('done')).toHaveLength(1)
  })
})

describe('a divider', () => {
  const open = (of: 'before' | 'after') => mount(Divider, { props: { label: 'Width', axis: 'x', of, min: 320, max: 400, modelValue: 380 } })

  it('moves by 16 px with the arrow keys, within its bounds', async () => {
    const line = open('before')
    await line.get('[role=separator]').trigger('keydown', { key: 'ArrowLeft' })
    await line.get('[role=separator]').trigger('keydown', { key: 'ArrowRight' })
    await line.setProps({ modelValue: 396 })
    await line.get('[role=separator]').trigger('keydown', { key: 'ArrowRight' })
    expect(line.emitted('update:modelValue')).toEqual([[364], [380], [400]])
  })

  it('measures the pane after it the other way round', async () => {
    const line = open('after')
    await line.get('[role=separator]').trigger('keydown', { key: 'ArrowRight' })
    expect(line.emitted('update:modelValue')).toEqual([[364]])
  })
})
