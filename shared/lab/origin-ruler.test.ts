import { describe, expect, it } from 'vitest'
import { measureOrigin, originRuler, type OriginRelation, type SegmentName, type Written } from './origin-ruler.ts'

const ruler = (a: string | Written, b: string | Written) =>
  originRuler(typeof a === 'string' ? { text: a } : a, typeof b === 'string' ? { text: b } : b)

describe('the origin ruler', () => {
  it.each<[string, string, OriginRelation, SegmentName[]]>([
    ['http://example.com/page1', 'http://example.com/page2', 'same-origin', []],
    ['https://example.com:443/', 'https://example.com/contact', 'same-origin', []],
    ['http://example.com', 'http://www.example.com', 'same-site', ['host']],
    ['http://example.com', 'https://example.com', 'cross-site', ['scheme', 'port']],
    ['http://example.com:8080', 'https://example.com:8080', 'cross-site', ['scheme']],
    ['http://example.com', 'http://example.com:8080', 'same-site', ['port']],
    ['http://example.com', 'http://example.org', 'cross-site', ['host']],
    ['http://localhost:8000', 'http://127.0.0.1:8000', 'cross-site', ['host']],
    ['http://localhost:8000', 'http://localhost:5000', 'same-site', ['port']],
    ['http://EXAMPLE.com', 'http://example.com', 'same-origin', []],
    ['http://example.com.', 'http://example.com', 'cross-site', ['host']],
    ['http://[::1]:80/', 'http://[0:0:0:0:0:0:0:1]', 'same-origin', []],
    ['http://127.1/', 'http://127.0.0.1/', 'same-origin', []],
    ['http://[::1]/', 'http://127.0.0.1/', 'cross-site', ['host']],
    ['https://bücher.example', 'https://xn--bcher-kva.example', 'same-origin', []],
    ['https://a.github.io', 'https://b.github.io', 'cross-site', ['host']],
    ['https://a.example.co.uk', 'https://b.example.co.uk', 'same-site', ['host']],
    ['blob:https://a.test/1', 'https://a.test/', 'same-origin', []],
    ['http://user:secret@a.test/', 'http://a.test/', 'same-origin', []],
    ['ws://a.test/', 'http://a.test/', 'cross-site', ['scheme']],
    ['https://a.example:8443', 'http://b.example', 'cross-site', ['scheme', 'host', 'port']],
  ])('%s and %s: %s', (a, b, relation, different) => {
    expect(ruler(a, b)).toMatchObject({ relation, different })
    expect(ruler(b, a)).toMatchObject({ relation, different })
  })

  it.each<[string | Written, RegExp]>([
    ['null', /nobody can tell whose/],
    ['data:text/html,hello', /`data:`/],
    ['file:///home/page.html', /`file:`/],
    ['about:blank', /`about:`/],
    [{ text: 'http://example.com/', sandboxed: true }, /sandboxed frame/],
  ])('%j is the same as no other, not even as itself', (side, why) => {
    const measured = ruler(side, side)
    expect(measured).toMatchObject({ relation: 'cross-site', different: [], sides: [{ serialized: 'null' }, { serialized: 'null' }] })
    expect(measured?.reasons[0]).toMatch(why)
  })

  it.each(['', 'example.com', 'http://', 'http://[', 'http://a b/'])('does not measure %j, which is no URL', (text) => {
    expect(ruler(text, 'http://example.com')).toBeNull()
    expect(ruler('http://example.com', text)).toBeNull()
  })

  it('says the port that goes without saying', () =>
    expect(measureOrigin({ text: 'https://example.com' })).toMatchObject({ segments: { port: '443' }, isDefaultPort: true }))

  it.each([
    ['http://EXAMPLE.com', /lower case/],
    ['https://bücher.example', /xn--bcher-kva\.example/],
    ['http://127.1', /`127\.1` as `127\.0\.0\.1`/],
  ])('notes what the URL parser makes of %s', (text, note) => expect(measureOrigin({ text })?.notes).toEqual([expect.stringMatching(note)]))

  it.each(['http://example.com', 'http://[::1]:8000/', 'blob:https://a.test/1', 'http://me@a.test/'])('has nothing to note on %s', (text) =>
    expect(measureOrigin({ text })?.notes).toEqual([]),
  )
})
