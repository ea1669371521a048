import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { dataFolder } from './data-folder.ts'

describe('the data folder', () => {
  it.each([
    ['linux', {}, join('/home/u', '.local', 'share', 'cors-lab')],
    ['linux', { XDG_DATA_HOME: '/data' }, join('/data', 'cors-lab')],
    ['darwin', {}, join('/home/u', 'Library', 'Application Support', 'CORS Lab')],
    ['win32', { APPDATA: '/Roaming' }, join('/Roaming', 'CORS Lab')],
    ['win32', {}, join('/home/u', 'AppData', 'Roaming', 'CORS Lab')],
    ['linux', { CORSLAB_DATA: '/elsewhere', XDG_DATA_HOME: '/data' }, '/elsewhere'],
  ])('on %s with %j is %s', (platform, environment, folder) => expect(dataFolder(environment, platform, '/home/u')).toBe(folder))
})
