import { expect, it } from 'vitest'
import { breakableParts } from './breakable-parts.ts'

it.each([
  ['https://api.example.com:8443', ['https://', 'api', '.example', '.com', ':8443']],
  ['/orders/17?sort=name&page=2', ['/orders', '/17', '?sort=name', '&page=2']],
  ['//a', ['//a']],
  ['*', ['*']],
  ['', ['']],
])('%s breaks at its parts alone', (text, parts) => expect(breakableParts(text)).toEqual(parts))
