import fc from 'fast-check'
import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { newPolicy, Policy } from '#shared/policy/policy'
import { anyPolicy } from '../../../tests/support/any-policy.ts'
import { answersTo } from './answers-to.ts'
import { readHeaderText } from './read.ts'
import { writeHeaderText } from './write.ts'

const origin = 'https://app.example.com'
const policy: Policy = { ...newPolicy, origins: [origin, 'http://localhost:*'], credentials: true, exposedHeaders: ['x-request-id'] }
const anyOrigin = fc.constantFrom(origin, 'http://localhost:5173', 'https://a.example', 'null', 'https://evil.example')

const read = (text: string, of = policy, at = origin) => {
  const result = readHeaderText(text, of, at)
  if (!result.ok) throw new Error(`${result.line}: ${result.problem}`)
  return result
}
const edited = (change: (text: string) => string, of = policy) => read(change(writeHeaderText(of, origin)), of)

describe('the header text of a policy', () => {
  it('is the lines that it answers with', () =>
    expect(writeHeaderText(policy, origin).split('\n')).toEqual([
      '# preflight',
      '204 No Content',
      'Access-Control-Allow-Origin: https://app.example.com',
      'Access-Control-Allow-Credentials: true',
      'Access-Control-Allow-Methods: PUT, PATCH, DELETE',
      'Access-Control-Allow-Headers: content-type',
      'Access-Control-Max-Age: 600',
      'Vary: Origin',
      '# response',
      'Access-Control-Allow-Origin: https://app.example.com',
      'Access-Control-Allow-Credentials: true',
      'Access-Control-Expose-Headers: x-request-id',
      'Vary: Origin',
    ]))

  it('says what the preflight asks for where the policy allows that', () =>
    expect(writeHeaderText({ ...policy, methods: 'asked' }, origin)).toMatch(/^# preflight, asking for PUT\n/))

  it('that is left alone leaves the policy as it is, whatever it is', () => {
    fc.assert(
      fc.property(anyPolicy, anyOrigin, (any, at) => {
        const result = readHeaderText(writeHeaderText(any, at), any, at)
        expect(result).toEqual({ ok: true, policy: any, origin: at })
      }),
      { numRuns: 500 },
    )
  })

  it('that is changed is what the policy read from it answers, line by line', () => {
    const line = fc.constantFrom(
      ...[
        'Access-Control-Allow-Origin: *',
        'Access-Control-Allow-Origin: https://a.example',
        'Access-Control-Allow-Origin: null',
        'X-Extra: 1',
      ],
      ...[
        'access-control-allow-origin: https://a.example/',
        'Access-Control-Allow-Credentials: true',
        'Access-Control-Allow-Credentials: True',
      ],
      ...[
        'Access-Control-Allow-Methods: GET, PUT',
        'Access-Control-Allow-Methods:',
        'Access-Control-Allow-Headers: *',
        'Vary: Accept, Origin',
      ],
      ...[
        'Access-Control-Max-Age: 5',
        'Access-Control-Max-Age: 05',
        'Access-Control-Max-Age: soon',
        'Vary: Origin',
        '#x: 1',
        'Set-Cookie: a=ü',
      ],
      ...['Access-Control-Expose-Headers: a, b', 'Vary: Origin, Access-Control-Request-Method, Access-Control-Request-Headers'],
    )
    const change = fc.oneof(
      fc.record({ how: fc.constant('add' as const), at: fc.nat(20), line }),
      fc.record({ how: fc.constantFrom('remove' as const, 'double' as const, 'lower' as const), at: fc.nat(20) }),
      fc.record({ how: fc.constant('everywhere' as const), line }),
    )
    fc.assert(
      fc.property(anyPolicy, anyOrigin, fc.array(change, { minLength: 1, maxLength: 4 }), (any, at, changes) => {
        let lines = writeHeaderText(any, at).split('\n')
        for (const each of changes) {
          if (each.how === 'everywhere') {
            const name = each.line.slice(0, each.line.indexOf(':'))
            lines = lines.map((now) => (now.startsWith(`${name}:`) ? each.line : now))
            continue
          }
          const index = 2 + (each.at % (lines.length - 1))
          if (each.how === 'add') lines.splice(index, 0, each.line)
          else if (isHeader(lines[index])) {
            if (each.how === 'remove') lines.splice(index, 1)
            else if (each.how === 'double') lines.splice(index, 0, lines[index])
            else lines[index] = lines[index].toLowerCase()
          }
        }
        const result = readHeaderText(lines.join('\n'), any, at)
        if (!result.ok) throw new Error(result.problem)
        expect(v.parse(Policy, result.policy)).toEqual(result.policy)
        // An origin that the text now lets in is no longer refused with a 403.
        const letIn = answersTo(any, at).isForbidden && !answersTo(result.policy, result.origin).isForbidden
        const withoutStatus = (text: readonly string[]) => text.filter((line) => !letIn || !/^\d{3}/.test(line))
        expect(withoutStatus(untitled(writeHeaderText(result.policy, result.origin)))).toEqual(withoutStatus(untitled(lines.join('\n'))))
      }),
      { numRuns: 2000 },
    )
  }, 60_000)

  const isHeader = (line: string | undefined): line is string => line !== undefined && !/^# |^\d{3}/.test(line)
  /** Without what the comment says, and as lists are written. */
  const untitled = (text: string) =>
    text
      .replace(/^# preflight.*/, '# preflight')
      .split('\n')
      .map((line) =>
        (/^(?:vary|access-control-(?:allow-(?:methods|headers)|expose-headers)):/i.test(line)
          ? line.replace(/\s*,\s*/g, ', ')
          : line
        ).trim(),
      )
})

describe('the form follows', () => {
  it.each<[string, (text: string) => string, Partial<Policy>]>([
    ['methods', (text) => text.replace('PUT, PATCH, DELETE', 'PUT,QUERY'), { methods: ['PUT', 'QUERY'] }],
    ['request headers, gone', (text) => text.replace(/Access-Control-Allow-Headers.*\n/, ''), { requestHeaders: [] }],
    ['max-age', (text) => text.replace('600', '7200'), { maxAge: 7200 }],
    ['no max-age', (text) => text.replace(/Access-Control-Max-Age.*\n/, ''), { maxAge: null }],
    ['the status', (text) => text.replace('204 No Content', '200'), { preflightStatus: 200 }],
    ['exposed headers', (text) => text.replace('x-request-id', 'x-request-id, etag'), { exposedHeaders: ['x-request-id', 'etag'] }],
    ['credentials, gone from both', (text) => text.replace(/Access-Control-Allow-Credentials.*\n/g, ''), { credentials: false }],
    ['Vary, gone from both', (text) => text.replace(/\nVary.*/g, ''), { vary: { origin: false, preflight: false } }],
    ['anybody', (text) => text.replaceAll(origin, '*'), { origins: 'any' }],
    ['another origin', (text) => text.replaceAll(origin, 'https://b.example'), { origins: ['https://b.example', 'http://localhost:*'] }],
    ['nobody', (text) => text.replace(/Access-Control-.*\n/g, ''), { origins: 'none' }],
  ])('%s', (_, change, fields) => {
    expect(edited(change).policy).toEqual({ ...policy, ...fields })
  })

  it('an origin let in by a pattern leaves the pattern, and another joins it', () => {
    const at = 'http://localhost:5173'
    const result = read(writeHeaderText(policy, at).replaceAll(at, 'http://localhost:3000'), policy, at)
    expect(result.policy.origins).toEqual([origin, 'http://localhost:*', 'http://localhost:3000'])
    expect(result.origin).toBe('http://localhost:3000')
  })

  it('whatever is asked for, as long as that line is left alone', () => {
    const asked: Policy = { ...policy, methods: 'asked', requestHeaders: 'asked' }
    expect(edited((text) => text.replace('600', '5'), asked).policy).toEqual({ ...asked, maxAge: 5 })
    expect(edited((text) => text.replace('Methods: PUT', 'Methods: POST'), asked).policy).toMatchObject({
      methods: ['POST'],
      requestHeaders: 'asked',
    })
  })
})

describe('what the form cannot say stays as lines by hand', () => {
  it.each<[string, (text: string) => string, Policy['headerEdits']]>([
    ['a line more', (text) => `${text}\nX-Extra: 1`, [{ edit: 'extra', on: 'response', name: 'X-Extra', value: '1' }]],
    [
      'a line twice',
      (text) => text.replace(/(Access-Control-Allow-Origin.*\n)/, '$1$1'),
      [{ edit: 'doubled', on: 'preflight', name: 'Access-Control-Allow-Origin', before: 'Access-Control-Allow-Credentials' }],
    ],
    [
      'a line gone from one of the two',
      (text) => text.replace(/Access-Control-Allow-Credentials.*\n/, ''),
      [{ edit: 'removed', on: 'preflight', name: 'Access-Control-Allow-Credentials' }],
    ],
    [
      'a value that is none',
      (text) => text.replace('600', 'soon'),
      [
        { edit: 'removed', on: 'preflight', name: 'Access-Control-Max-Age' },
        { edit: 'extra', on: 'preflight', name: 'Access-Control-Max-Age', value: 'soon', before: 'Vary' },
      ],
    ],
  ])('%s', (_, change, headerEdits) => {
    const { policy: now } = edited(change)
    expect(now).toEqual({ ...policy, headerEdits })
  })

  it('and through later changes of the form', () => {
    const { policy: now } = edited((text) => `${text}\nX-Extra: 1`)
    expect(writeHeaderText({ ...now, origins: 'any', maxAge: null }, 'https://elsewhere.example')).toContain('X-Extra: 1')
  })

  it('also where this origin is not answered with the line that they are about', () => {
    const doubled: Policy = { ...policy, headerEdits: [{ edit: 'doubled', on: 'response', name: 'Access-Control-Allow-Origin' }] }
    const at = 'https://evil.example'
    const result = read(`${writeHeaderText(doubled, at)}\nX-Extra: 1`, doubled, at)
    expect(result.policy.headerEdits).toContainEqual(doubled.headerEdits[0])
    expect(writeHeaderText(result.policy, at)).toContain('X-Extra: 1')
  })
})

describe('a line that does not parse is named', () => {
  it.each([
    ['# preflight\nAccess-Control-Allow-Origin *\n# response', 2, /no colon/],
    ['# preflight\n204\n\nBad Name: x\n# response', 4, /no header name/],
    ['# preflight\n: x\n# response', 2, /begins with the header’s name/],
    ['Vary: Origin\n# preflight\n# response', 1, /whose header/],
    ['# preflight\n99\n# response', 2, /200 to 599/],
    ['# preflight\n204\n204\n# response', 3, /already/],
    ['# preflight\n# response\n200 OK', 3, /its route’s/],
    ['# preflight\n204 No Content', 2, /no line `# response`/],
    ['# response\n', 2, /no line `# preflight`/],
    ['# preflight\n# response\n# response', 3, /already/],
    ['# preflight\n# response\nContent-Length: 3', 3, /the server sees to that/],
  ])('%j', (text, line, problem) => {
    expect(readHeaderText(text, policy, origin)).toEqual({ ok: false, line, problem: expect.stringMatching(problem) as string })
  })

  it('comments and empty lines are none', () =>
    expect(edited((text) => `\n# a note\n#\n${text}\n\n# preflights of mine`.replace('# preflights of mine', '')).policy).toEqual(policy))

  it('a refused origin’s 403 is the form’s to say', () => {
    const strict: Policy = { ...policy, refusedOrigin: '403' }
    const text = writeHeaderText(strict, 'https://evil.example')
    expect(text).toContain('\n403 Forbidden\n')
    expect(readHeaderText(text.replace('403 Forbidden', '204'), strict, 'https://evil.example')).toMatchObject({ ok: false, line: 2 })
  })
})
