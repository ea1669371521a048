import { describe, expect, it } from 'vitest'
import { blockedDueToItsMIMEType, blockedDueToNosniff, determineNosniff } from './blocked-by-type.ts'
import type { Header } from './header-list.ts'
import type { Destination } from './request.ts'

const type = (value: string): Header[] => [['Content-Type', value]]
const nosniff = (...more: Header[]): Header[] => [['X-Content-Type-Options', 'nosniff'], ...more]

describe('should response to request be blocked due to its MIME type', () => {
  it.each<[Destination, string]>([
    ['script', 'image/png'],
    ['script', 'audio/mpeg'],
    ['worker', 'video/mp4'],
    ['script', 'text/csv; header=present'],
  ])('yes, where its destination is "%s" and its type %s', (destination, mimeType) =>
    expect(blockedDueToItsMIMEType(destination, type(mimeType))).toMatchObject({
      step: 'blocked-due-to-its-mime-type/4',
      result: 'blocked',
    }),
  )

  it.each<[Destination, string]>([
    ['script', 'text/html'],
    ['script', 'nonsense'],
    ['image', 'text/csv'],
    ['style', 'image/png'],
    ['', 'video/mp4'],
  ])('no, where its destination is "%s" and its type %s', (destination, mimeType) =>
    expect(blockedDueToItsMIMEType(destination, type(mimeType))).toBeNull(),
  )
})

describe('determining nosniff', () => {
  it.each(['nosniff', 'NoSniff', ' nosniff ', 'nosniff, nonsense'])('finds it in "%s"', (value) =>
    expect(determineNosniff([['X-Content-Type-Options', value]])).toBe(true),
  )

  it.each(['', 'no sniff', 'nonsense, nosniff', '"nosniff"'])('does not find it in "%s"', (value) =>
    expect(determineNosniff([['X-Content-Type-Options', value]])).toBe(false),
  )

  it('does not find it where there is no header', () => expect(determineNosniff([])).toBe(false))
})

describe('should response to request be blocked due to nosniff', () => {
  it.each<[Destination, string, number]>([
    ['script', 'text/plain', 4],
    ['script', 'nonsense', 4],
    ['worker', 'application/json', 4],
    ['style', 'text/plain', 5],
    ['style', '', 5],
  ])('yes, where its destination is "%s" and its type "%s": step %i', (destination, mimeType, step) =>
    expect(blockedDueToNosniff(destination, nosniff(...type(mimeType)))?.step).toBe(`blocked-due-to-nosniff/${step}`),
  )

  it('yes, where a script has no type', () => expect(blockedDueToNosniff('script', nosniff())?.result).toBe('blocked'))

  it.each<[Destination, Header[]]>([
    ['script', nosniff(...type('application/javascript'))],
    ['style', nosniff(...type('text/css;charset=utf-8'))],
    ['image', nosniff(...type('text/plain'))],
    ['iframe', nosniff(...type('text/plain'))],
    ['script', type('text/plain')],
  ])('no, where its destination is "%s" and its headers are %j', (destination, headers) =>
    expect(blockedDueToNosniff(destination, headers)).toBeNull(),
  )
})
