import { expect, it } from 'vitest'
import type { Lesson } from './lesson.ts'
import { lessonServers, placed, usualPlaces } from './places.ts'
import { stopsOf } from './windows.ts'

const lesson: Lesson = {
  id: 'cookies',
  title: 'Cookies',
  minutes: 1,
  servers: [
    { role: 'api', name: 'Shop', port: 5000, host: 'api.shop.test', definition: {} },
    { role: 'evil', name: 'Hostile page', port: 8001, host: 'shop.test.evil.test', definition: {} },
  ],
  steps: [
    {
      title: 'One',
      text: ['`{evil.origin}` is not under shop.{top}.'],
      checks: [],
      bench: [
        {
          part: 'pages',
          pages: [
            { id: 'plain', url: '{evil.origin}/', button: 'Open' },
            {
              id: 'known',
              url: '{evil.origin}/page',
              button: 'Open',
              cookies: [
                { url: '{api.origin}/login', set: ['session=1', 'theme=dark'] },
                { url: '{evil.origin}/login', set: ['seen=1'] },
              ],
            },
            { id: 'known', url: '{evil.origin}/page', button: 'Open' },
          ],
        },
      ],
    },
  ],
}

const inWindow = usualPlaces(lesson, 'window')
const cards = (pagesIn: 'browser' | 'window') => {
  const [part] = placed(lesson, lesson, usualPlaces(lesson, pagesIn)).steps[0]!.bench
  return part!.part === 'pages' ? part.pages : []
}

it('sends a window to the page at once where no cookie is wanted', () => {
  expect(stopsOf(cards('window')[0]!)).toEqual(['http://shop.localhost.evil.localhost:8001/?press'])
})

it('sends it on from visit to visit, each of which leaves its cookies, to the page', () => {
  const stops = stopsOf(cards('window')[1]!)
  expect(stops).toEqual([
    'http://api.shop.localhost:5000/login/known',
    'http://shop.localhost.evil.localhost:8001/login/known1',
    'http://shop.localhost.evil.localhost:8001/page?press',
  ])
  const routes = Object.values(lessonServers(lesson, inWindow)).map((server) => server.routes)
  expect(routes).toMatchObject([
    [
      {
        method: 'GET',
        path: '/login/known',
        cookies: ['session=1', 'theme=dark'],
        response: { status: 303, headers: [['Location', stops[1]]] },
      },
    ],
    [{ method: 'GET', path: '/login/known1', cookies: ['seen=1'], response: { status: 303, headers: [['Location', stops[2]]] } }],
  ])
})

it('has no such visits for browsers that the lab drives, which are given their cookies', () => {
  expect(Object.values(lessonServers(lesson, usualPlaces(lesson))).flatMap(({ routes }) => routes)).toEqual([])
})

it('names hosts by where the pages run', () => {
  expect(placed(lesson.steps[0]!.text, lesson, usualPlaces(lesson))).toEqual(['`http://shop.test.evil.test` is not under shop.test.'])
  expect(placed(lesson.steps[0]!.text, lesson, inWindow)).toEqual([
    '`http://shop.localhost.evil.localhost:8001` is not under shop.localhost.',
  ])
})
