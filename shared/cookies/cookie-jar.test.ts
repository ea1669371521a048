import { describe, expect, it } from 'vitest'
import { standardCookies } from '#shared/fetch/browser-profile'
import type { CookieContext } from '#shared/fetch/cookie-store'
import { CookieJar } from './cookie-jar.ts'

/** Of a page that is at the URL itself, unless told otherwise. */
const at = (url: string, told: Partial<CookieContext> = {}): CookieContext => ({
  url: new URL(url),
  isSecure: url.startsWith('https:'),
  sameSite: 'strict-or-less',
  thirdParty: false,
  isPagesHost: true,
  partitionKey: 'https://example.com',
  now: 0,
  startedAt: Date.UTC(2026, 0, 1),
  ways: standardCookies,
  ...told,
})

const crossSite: Partial<CookieContext> = {
  sameSite: 'unset-or-less',
  thirdParty: true,
  isPagesHost: false,
  partitionKey: 'https://other.example',
}
const home = 'https://www.example.com/a/b'

const jarOf = (lines: readonly string[], context: CookieContext = at(home)): CookieJar =>
  lines.reduce((jar, line) => jar.store(line, context).store, new CookieJar())
const sent = (jar: CookieJar, context: CookieContext) => jar.retrieve(context).sent.map(({ name, value }) => `${name}=${value}`)
const stayed = (jar: CookieJar, context: CookieContext) => jar.retrieve(context).stayed.map(({ name, reason }) => `${name}: ${reason}`)
const refused = (line: string, context: CookieContext = at(home)) => new CookieJar().store(line, context).refused

describe('a cookie jar', () => {
  it('sends longer paths first, then earlier cookies', () =>
    expect(sent(jarOf(['short=1; Path=/', 'late=1; Path=/a/b', 'later=1; Path=/']), at(home))).toEqual(['late=1', 'short=1', 'later=1']))

  it('takes the folder of the URL for a path that is not said', () => {
    const jar = jarOf(['c=1'])
    expect(sent(jar, at('https://www.example.com/a/other'))).toEqual(['c=1'])
    expect(stayed(jar, at('https://www.example.com/ab'))).toEqual(['c: path'])
  })

  it('keeps a cookie to its host, or with Domain to that and what is below it', () => {
    const jar = jarOf(['host=1; Path=/', 'domain=1; Path=/; Domain=.example.com'])
    expect(sent(jar, at('https://www.example.com/'))).toEqual(['host=1', 'domain=1'])
    expect(sent(jar, at('https://other.example.com/'))).toEqual(['domain=1'])
    expect(jar.retrieve(at('https://badexample.com/'))).toEqual({ sent: [], stayed: [] })
  })

  it.each([
    ['c=1; Domain=example.org', 'domain'],
    ['c=1; Domain=com', 'domain'],
    ['c=1; Domain=sub.www.example.com', 'domain'],
    ['__Secure-c=1', 'prefix'],
    ['__host-c=1; Secure', 'prefix'],
    ['__Host-c=1; Secure; Path=/; Domain=www.example.com', 'prefix'],
    ['__Host-c=1; Secure; Path=/', null],
    ['c=1; SameSite=None', 'none-without-secure'],
    ['c=1; SameSite=nonsense', null],
  ])('makes of %s: %s', (line, why) => expect(refused(line)).toBe(why))

  it('neither takes nor sends Secure cookies without https', () => {
    const insecure = at('http://www.example.com/a/b')
    expect(refused('c=1; Secure', insecure)).toBe('secure')
    expect(stayed(jarOf(['c=1; Secure']), insecure)).toEqual(['c: secure'])
  })

  it('does not let a secure cookie be replaced without https', () => {
    const jar = jarOf(['c=secure; Secure; Path=/'])
    const { store, refused: why } = jar.store('c=plain; Path=/', at('http://www.example.com/'))
    expect(why).toBe('leaves-secure-alone')
    expect(sent(store, at(home))).toEqual(['c=secure'])
  })

  it.each([
    ['any domain above or below', ['leaves-secure-alone', 'leaves-secure-alone', 'leaves-secure-alone']],
    ['what goes to the same host', [null, 'leaves-secure-alone', 'leaves-secure-alone']],
    ['itself', [null, null, 'leaves-secure-alone']],
  ] as const)('shelters from a host below, a path below and the same: %s', (secureShelters, expected) => {
    const ways = { ...standardCookies, secureShelters }
    const jar = jarOf(['c=secure; Secure; Path=/'], at('https://example.com/', { ways }))
    const whyNot = (line: string, url: string) => jar.store(line, at(url, { ways })).refused
    expect([
      whyNot('c=plain; Path=/', 'http://www.example.com/'),
      whyNot('c=plain; Path=/a', 'http://example.com/a'),
      whyNot('c=plain; Path=/', 'http://example.com/'),
    ]).toEqual(expected)
  })

  it('takes the last SameSite, or the last Lax or Strict where no other word counts', () => {
    const sameSites = (ways: typeof standardCookies) =>
      jarOf(
        ['a=1; SameSite=Lax; SameSite=None; Secure', 'b=1; SameSite=Strict; SameSite=Foo', 'c=1; SameSite=Foo'],
        at(home, { ways }),
      ).cookies.map(({ sameSite }) => sameSite)
    expect(sameSites(standardCookies)).toEqual(['none', 'unset', 'unset'])
    expect(sameSites({ ...standardCookies, lastLaxOrStrictCounts: true })).toEqual(['lax', 'strict', 'unset'])
  })

  it('keeps a cookie that is set again in its place, and deletes one that expires', () => {
    const jar = jarOf(['a=1', 'b=1', 'a=2'])
    expect(sent(jar, at(home))).toEqual(['a=2', 'b=1'])
    expect(sent(jar.store('a=; Max-Age=0', at(home)).store, at(home))).toEqual(['b=1'])
    expect(sent(jar.store('a=; Expires=Thu, 01 Jan 1970 00:00:00 GMT', at(home)).store, at(home))).toEqual(['b=1'])
  })

  it('counts Max-Age before Expires, to the second', () => {
    const jar = jarOf(['c=1; Max-Age=10; Expires=Thu, 01 Jan 1970 00:00:00 GMT'])
    expect(sent(jar, at(home, { now: 9.9 }))).toEqual(['c=1'])
    expect(sent(jar, at(home, { now: 10 }))).toEqual([])
  })

  it('reads Expires against the date that the clock tells', () => {
    const jar = jarOf(['c=1; Expires=Thu, 01 Jan 2026 00:01:00 GMT'])
    expect(sent(jar, at(home, { now: 59 }))).toEqual(['c=1'])
    expect(sent(jar, at(home, { now: 60 }))).toEqual([])
    const late = at(home, { startedAt: Date.UTC(2026, 0, 2) })
    expect(jarOf(['c=1; Expires=Thu, 01 Jan 2026 00:01:00 GMT'], late).isEmpty).toBe(true)
  })

  it('holds back what is for its own site from cross-site requests', () => {
    const jar = jarOf(['s=1; SameSite=Strict', 'l=1; SameSite=lax', 'u=1', 'n=1; SameSite=None; Secure'])
    expect(stayed(jar, at(home, crossSite))).toEqual(['s: strict', 'l: lax'])
    const unsetIsLax = { ...standardCookies, unsetIsLax: true }
    expect(stayed(jar, at(home, { ...crossSite, ways: unsetIsLax }))).toEqual(['s: strict', 'l: lax', 'u: unset'])
    expect(refused('l=1; SameSite=Lax', at(home, crossSite))).toBe('same-site')
  })
})

describe('a jar that minds third parties', () => {
  const third = 'c=1; SameSite=None; Secure'
  const context = (thirdParty: CookieContext['ways']['thirdParty'], told = crossSite) =>
    at(home, { ...told, ways: { ...standardCookies, thirdParty, partitionedAttribute: 'for each page’s site' } })

  it('neither sends nor sets them where it blocks them, but for Partitioned ones', () => {
    expect(stayed(jarOf([third]), context('stay'))).toEqual(['c: third-party'])
    expect(refused(third, context('stay'))).toBe('third-party')
    expect(refused(`${third}; Partitioned`, context('stay'))).toBeNull()
    expect(refused('c=1; Partitioned', context('stay', {}))).toBe('partitioned-without-secure')
  })

  it('keeps them apart for each page’s site where it partitions them', () => {
    const jar = jarOf([third], context('are kept for each page’s site'))
    expect(sent(jar, context('are kept for each page’s site'))).toEqual(['c=1'])
    const elsewhere = context('are kept for each page’s site', { ...crossSite, partitionKey: 'https://third.example' })
    expect(stayed(jar, elsewhere)).toEqual(['c: partition'])
  })

  it('sends those that are there where it only sets none', () => {
    expect(refused(third, context('go along, but are not set'))).toBe('third-party')
    expect(sent(jarOf([third]), context('go along, but are not set'))).toEqual(['c=1'])
  })
})
