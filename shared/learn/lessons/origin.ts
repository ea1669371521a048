import { count, type Fact, type Facts } from '../facts.ts'
import type { Lesson, Pair } from '../lesson.ts'

const pair = (id: string, a: string, b: string): Pair => ({ id, a: { text: a }, b: { text: b } })

const classics = [
  pair('path', 'http://example.com/page1', 'http://example.com/page2'),
  pair('default-port', 'https://example.com:443/', 'https://example.com/contact'),
  pair('www', 'http://example.com/', 'http://www.example.com/'),
  pair('scheme', 'http://example.com/', 'https://example.com/'),
  pair('port', 'http://example.com/', 'http://example.com:8080/'),
  pair('domain', 'http://example.com/', 'http://example.org/'),
]

const traps = [
  pair('loopback', 'http://localhost:8000/', 'http://127.0.0.1:8000/'),
  pair('case', 'http://EXAMPLE.com/', 'http://example.com/'),
  pair('dot', 'http://example.com./', 'http://example.com/'),
  pair('ipv6', 'http://[0:0:0:0:0:0:0:1]:8000/', 'http://[::1]:8000/'),
  pair('idn', 'https://bücher.example/', 'https://xn--bcher-kva.example/'),
]

const opaque: Pair[] = [
  { id: 'sandbox', a: { text: 'https://example.com/', sandboxed: true }, b: { text: 'https://example.com/' } },
  pair('data', 'data:text/html,hello', 'data:text/html,hello'),
  pair('file', 'file:///home/me/page1.html', 'file:///home/me/page2.html'),
]

const answered = (pairs: readonly Pair[]) => (facts: Facts) =>
  pairs.every(({ id }) => facts.seen.some((fact) => fact.fact === 'answer' && fact.question === id))

const isRight = (fact: Fact) => fact.fact === 'answer' && fact.right

export const origin: Lesson = {
  id: 'origin',
  title: 'What is an origin?',
  minutes: 6,
  servers: [],
  steps: [
    {
      title: 'Three parts',
      text: [
        'A browser keeps the data of one site from the scripts of another. What it keeps apart are not pages, nor machines, but origins.',
        'An origin is three things out of a URL: the scheme, the host and the port. Two URLs are of the same origin when all three are the same, letter by letter. The path, the query and the fragment play no part. A port that is not written is the scheme’s own: 80 for `http:`, 443 for `https:`.',
        'Say of each pair what it is before you see it. The ruler then marks what differs.',
      ],
      checks: [
        { id: 'classics', text: 'Every pair is predicted', done: answered(classics) },
        { id: 'five-right', text: 'At least five predictions came true', done: (facts) => count(facts, isRight) >= 5 },
      ],
      bench: [{ part: 'quiz', pairs: classics }],
    },
    {
      title: 'Two names, one machine',
      text: [
        'Nothing is looked up when origins are compared. `localhost` and `127.0.0.1` lead to the same program on the same machine, and yet they are two hosts, so two origins.',
        'What is compared is what the URL parser makes of a host: lower case, international names in their ASCII form, addresses at their shortest. A dot at the end stays: it makes another host.',
      ],
      checks: [{ id: 'traps', text: 'Every pair is predicted', done: answered(traps) }],
      bench: [{ part: 'quiz', pairs: traps }],
    },
    {
      title: 'The origin that is none',
      text: [
        'Some documents have no server that could answer for them: one in a sandboxed frame, one from a `data:` URL, one opened from a `file:`. Browsers give each an opaque origin. It is written `null`, and it is the same as no other, not even as another `null`.',
        'A site is something coarser: the scheme and the registrable domain. `http://localhost:8000` and `http://localhost:5000` are two origins of one site. Cookies go by sites, reading goes by origins.',
        'Then type any two URLs of your own.',
      ],
      checks: [
        { id: 'opaque', text: 'Every pair is predicted', done: answered(opaque) },
        {
          id: 'own',
          text: 'Two URLs of your own make one site, but two origins',
          done: ({ seen }) => seen.some((fact) => fact.fact === 'answer' && fact.question === 'own:same-site'),
        },
      ],
      bench: [
        { part: 'quiz', pairs: opaque },
        { part: 'ruler', title: 'Two URLs of your own', a: 'http://localhost:8000/', b: 'http://localhost:8000/' },
      ],
    },
  ],
}
