import { describe, expect, it } from 'vitest'
import { originParts, readPageOrigin } from './page-origin.ts'

describe('reading a page origin', () => {
  it.each([
    'https://app.example.com',
    'http://localhost:5173',
    'http://127.0.0.1:8000',
    'http://[::1]:8000',
    'https://xn--bcher-kva.example',
  ])('takes %s as it is', (origin) => {
    expect(readPageOrigin(origin)).toEqual({ ok: true, origin })
  })

  it.each([
    ['https://app.example.com/', /without a slash/, 'https://app.example.com'],
    ['https://app.example.com/orders?x=1', /no path/, 'https://app.example.com'],
    ['https://app.example.com:443', /port/, 'https://app.example.com'],
    ['HTTPS://App.Example.com', /lower case/, 'https://app.example.com'],
    ['https://bücher.example', /ASCII/, 'https://xn--bcher-kva.example'],
    ['https://me:secret@app.example.com', /user name/, 'https://app.example.com'],
    ['app.example.com', /begins with its scheme/, 'https://app.example.com'],
    ['localhost:5173', /begins with its scheme/, 'http://localhost:5173'],
  ])('says what is wrong with %s and offers what was meant', (typed, problem, correction) => {
    expect(readPageOrigin(typed)).toEqual({ ok: false, problem: expect.stringMatching(problem) as string, correction })
  })

  it.each(['', 'https://', 'https://a b', 'http://'])('offers nothing where nothing can be told: "%s"', (typed) => {
    expect(readPageOrigin(typed)).toMatchObject({ ok: false, correction: null })
  })

  it('says that a page from a file has an opaque origin', () => {
    expect(readPageOrigin('file:///home/me/page.html')).toMatchObject({ ok: false, problem: expect.stringContaining('null') as string })
  })
})

describe('the parts of an origin', () => {
  it('are scheme, host and port', () => {
    expect(originParts('http://localhost:5173')).toEqual({ scheme: 'http://', host: 'localhost', port: ':5173' })
    expect(originParts('https://app.example.com')).toEqual({ scheme: 'https://', host: 'app.example.com', port: '' })
    expect(originParts('http://[::1]:8000')).toEqual({ scheme: 'http://', host: '[::1]', port: ':8000' })
  })
})
