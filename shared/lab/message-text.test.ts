import { describe, expect, it } from 'vitest'
import { hexDump, messageText } from './message-text.ts'

const latin1 = (text: string) => Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte)).join('')

describe('a message for the eye', () => {
  it('keeps every line of the head as it was sent, odd ones too', () => {
    const { head } = messageText('HTTP/1.1 200 OK\r\nacCess-control-allow-ORIGIN:*\r\nno colon here\r\n\r\n')
    expect(head.map(({ text, isCORS }) => [text, isCORS])).toEqual([
      ['HTTP/1.1 200 OK', false],
      ['acCess-control-allow-ORIGIN:*', true],
      ['no colon here', false],
    ])
  })

  it('reads a body as UTF-8, chunks put together', () => {
    const { body } = messageText(`HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n${latin1('é')}\r\n2\r\nok\r\n0\r\n\r\n`)
    expect(body).toEqual({ text: 'éok', isText: true, size: 4 })
  })

  it('reads what is not UTF-8 as latin-1', () =>
    expect(messageText('HTTP/1.1 200 OK\r\n\r\ncaf\xe9 au lait').body?.text).toBe('café au lait'))

  it('leaves out a character that was cut in half', () =>
    expect(messageText(`HTTP/1.1 200 OK\r\n\r\n${latin1('aé').slice(0, 2)}`).body?.text).toBe('a'))

  it('shows bytes that are no text in hexadecimal', () =>
    expect(messageText('HTTP/1.1 200 OK\r\n\r\n\x00\x01A').body).toMatchObject({ isText: false, text: hexDump('\x00\x01A') }))

  it('has no body where the head has not ended', () =>
    expect(messageText('HTTP/1.1 200 OK\r\nContent-Ty')).toMatchObject({ body: null, head: [{}, { text: 'Content-Ty' }] }))
})
