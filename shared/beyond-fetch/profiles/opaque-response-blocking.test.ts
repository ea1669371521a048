import { describe, expect, it } from 'vitest'
import type { Header } from '#shared/fetch/header-list'
import { blocksMarkupAndData, blocksWhatIsNoScript } from './opaque-response-blocking.ts'

const response = (mimeType: string | null, body: string, status = 200, more: Header[] = []) => ({
  type: 'default' as const,
  status,
  headerList: [...(mimeType === null ? [] : [['Content-Type', mimeType] as const]), ...more],
  body,
})
const gif = 'GIF89a\x01\0\x01\0\0\0\0,\0\0\0\0\x01\0\x01\0\0\x02\x02D\x01\0;'
const nosniff: Header = ['X-Content-Type-Options', 'nosniff']

describe.each([
  ['Chromium', blocksMarkupAndData],
  ['Firefox', blocksWhatIsNoScript],
])('opaque-response blocking in %s', (_, blocks) => {
  it.each(['text/css', 'text/vtt', 'image/svg+xml', 'application/dash+xml'])('lets pass %s, whatever the body', (mimeType) =>
    expect(blocks(response(mimeType, '<html>'))).toBeNull(),
  )

  it.each(['text/csv', 'application/pdf', 'application/zip', 'text/event-stream'])('keeps %s, whatever the body', (mimeType) =>
    expect(blocks(response(mimeType, gif))?.step).toBe('opaque-response-blocking/never-sniffed'),
  )

  it('lets pass an image, whatever its type', () => expect(blocks(response('text/html', gif))).toBeNull())

  it.each(['text/html', 'application/json', 'application/vnd.api+json', 'text/xml'])('keeps %s with nosniff', (mimeType) =>
    expect(blocks(response(mimeType, gif, 200, [nosniff]))?.step).toBe('opaque-response-blocking/nosniff'),
  )

  it('keeps a part that does not begin at the beginning', () =>
    expect(blocks(response('text/plain', 'a', 206, [['Content-Range', 'bytes 5-9/10']]))?.step).toBe('opaque-response-blocking/range'))

  it('keeps HTML', () => expect(blocks(response('text/html', '<!doctype html><p>'))).not.toBeNull())
  it('lets pass a script of a wrong type', () => expect(blocks(response('text/html', 'var a = 1'))).toBeNull())
})

describe('where they part ways', () => {
  it.each(['{"a": 1}', ")]}',\n[]", 'for(;;);{}'])('Chromium keeps %j by its beginning, whatever its type', (body) =>
    expect(blocksMarkupAndData(response('text/plain', body))?.step).toBe('opaque-response-blocking/data'),
  )

  it('Chromium lets pass a JSON number, Firefox does not', () => {
    expect(blocksMarkupAndData(response('application/json', '1'))).toBeNull()
    expect(blocksWhatIsNoScript(response('application/json', '1'))?.step).toBe('opaque-response-blocking/no-script')
  })

  it('Firefox keeps what is not JavaScript and of no ok status', () => {
    expect(blocksWhatIsNoScript(response('text/plain', 'var a ='))?.step).toBe('opaque-response-blocking/no-script')
    expect(blocksWhatIsNoScript(response('text/plain', 'a', 404))?.step).toBe('opaque-response-blocking/status')
    expect(blocksMarkupAndData(response('text/plain', 'var a =', 404))).toBeNull()
  })

  it('Firefox does not look at JavaScript by its type', () => expect(blocksWhatIsNoScript(response('text/javascript', '<p>'))).toBeNull())
})
