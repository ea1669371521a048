import { describe, expect, it } from 'vitest'
import { corsCheck } from './cors-check.ts'
import type { HeaderList } from './header-list.ts'

const origin = 'https://app.example'
const omitting = { requestOrigin: origin, credentialsMode: 'omit' } as const
const including = { requestOrigin: origin, credentialsMode: 'include' } as const
const allow = (value: string): HeaderList => [['Access-Control-Allow-Origin', value]]
const withCredentials = (value: string): HeaderList => [...allow(origin), ['Access-Control-Allow-Credentials', value]]

describe('CORS check', () => {
  it.each([
    ['fails at step 2 without the header', omitting, [], 'failure', 'cors-check/2'],
    ['succeeds at step 3 with * and no credentials', omitting, allow('*'), 'success', 'cors-check/3'],
    ['fails at step 4 with * and credentials mode "include"', including, allow('*'), 'failure', 'cors-check/4'],
    ['fails at step 4 with another origin', omitting, allow('https://other.example'), 'failure', 'cors-check/4'],
    ['fails at step 4 with the origin in another case', omitting, allow('https://APP.example'), 'failure', 'cors-check/4'],
    ['fails at step 4 with a slash at the end', omitting, allow(`${origin}/`), 'failure', 'cors-check/4'],
    ['fails at step 4 with the origin twice', omitting, [...allow(origin), ...allow(origin)], 'failure', 'cors-check/4'],
    ['fails at step 4 with * twice', omitting, [...allow('*'), ...allow('*')], 'failure', 'cors-check/4'],
    ['succeeds at step 5 with the origin and no credentials', omitting, allow(origin), 'success', 'cors-check/5'],
    ['succeeds at step 7 with the origin and true', including, withCredentials('true'), 'success', 'cors-check/7'],
    ['fails at step 8 without Access-Control-Allow-Credentials', including, allow(origin), 'failure', 'cors-check/8'],
    ['fails at step 8 with True: the value is case-sensitive', including, withCredentials('True'), 'failure', 'cors-check/8'],
  ] as const)('%s', (_, input, headerList, result, step) => {
    expect(corsCheck(input, headerList, 200)).toMatchObject({ result, step })
  })

  it('lets "null" match an opaque origin, for null is a value as any other', () => {
    expect(corsCheck({ requestOrigin: 'null', credentialsMode: 'omit' }, allow('null'), 200)).toMatchObject({
      result: 'success',
      step: 'cors-check/5',
    })
  })

  it('says what it looked at', () => {
    expect(corsCheck(including, withCredentials('1'), 404).facts).toEqual({
      allowOrigin: origin,
      allowCredentials: '1',
      origin,
      credentialsMode: 'include',
      status: 404,
    })
  })
})
