// @vitest-environment happy-dom
import { flushPromises, mount } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { RunExchange, ServerExchange } from '#shared/contract/wire'
import { answerBytes, requestBytes } from '#shared/lab/message-text'
import { predict } from '#shared/lab/predict'
import type { Prediction, ProfileName } from '#shared/lab/prediction'
import type { Scenario } from '#shared/scenario/scenario'
import EvidenceTabs from './evidence/EvidenceTabs.vue'
import ExchangeDiagram from './exchange/ExchangeDiagram.vue'
import { evidenceTabs } from '../stores/shell.ts'
import type { RunView } from './run-view.ts'
import VerdictStrip from './verdict/VerdictStrip.vue'

const url = 'http://localhost:4001/orders/42'
const answering = (allowHeaders: string): Scenario => ({
  id: 'order',
  page: { origin: 'http://app.example.com' },
  request: {
    api: 'fetch',
    url,
    method: 'PUT',
    headers: [
      ['X-API-Key', 'k'],
      ['Save-Data', 'on'],
    ],
    body: '{"status":"shipped"}',
  },
  server: [
    {
      url,
      preflight: {
        status: 204,
        headers: [
          ['Access-Control-Allow-Origin', '*'],
          ['Access-Control-Allow-Methods', 'PUT'],
          ['Access-Control-Allow-Headers', allowHeaders],
        ],
      },
      response: {
        status: 200,
        headers: [
          ['Access-Control-Allow-Origin', '*'],
          ['Content-Type', 'text/plain'],
          ['ETag', '"1"'],
        ],
        body: 'shipped',
      },
    },
  ],
})
const blocked = answering('x-other')
const onlyChromium = answering('x-api-key')

const in4 = (scenario: Scenario): Record<ProfileName, Prediction> => {
  const of = (profile: ProfileName) => predict(scenario, profile)
  return { standard: of('standard'), chromium: of('chromium'), firefox: of('firefox'), webkit: of('webkit') }
}

/** A run that went as predicted, with bytes as the wire would have them. */
function runOf(prediction: Prediction): RunView {
  const message = (bytes: string) => ({ bytes: btoa(bytes), size: bytes.length })
  const exchanges = prediction.exchanges.map((exchange, at): RunExchange => {
    const response = answerBytes(exchange)
    return {
      id: String(at),
      startedAt: 1000 + at * 10,
      request: message(requestBytes(exchange)),
      response: response === null ? null : message(response),
      answeredAfter: 2,
      endedAfter: 3,
      kind: exchange.kind,
      method: exchange.method,
      url: exchange.url,
    }
  })
  return {
    status: 'finished',
    exchanges,
    result: { prediction, startedAt: 1000, took: 30 },
    error: null,
    startedAt: 1000,
    profile: prediction.profile,
  }
}

const propsOf = (scenario: Scenario, run: RunView | null = null) => {
  const predictions = in4(scenario)
  return { predictions, prediction: predictions.chromium, run, shown: 'chromium' as const, selected: null, scenario }
}
const evidenceOf = (
  scenario: Scenario,
  run: RunView | null = null,
  serverLog: ServerExchange[] = [],
  serverName: string | null = 'Orders API',
) => mount(EvidenceTabs, { props: { ...propsOf(scenario, run), fixes: [], advice: [], serverLog, serverName }, attachTo: document.body })

afterEach(() => (document.body.innerHTML = ''))

/** The script of a tab that is opened has come, and what it shows is there. */
async function settled() {
  await vi.dynamicImportSettled()
  await flushPromises()
}

describe('the verdict strip', () => {
  it('says the verdict of a prediction in words, and that it is one', () => {
    const strip = mount(VerdictStrip, { props: propsOf(blocked) })
    expect(strip.get('strong').text()).toBe('Prediction: blocked at the preflight')
    expect(strip.get('.strip-main p').text()).toContain('Nothing has been sent yet.')
    expect(strip.findAll('.se').map((cell) => cell.text())).toEqual(
      expect.arrayContaining([expect.stringMatching(/Chromium 156.*Blocked.*predicted.*x-api-key/s)]),
    )
    expect(strip.find('.strip-main .solid').exists()).toBe(false)
  })

  it('states a run, and fills the mark of the engine that ran', () => {
    const strip = mount(VerdictStrip, { props: propsOf(blocked, runOf(predict(blocked, 'chromium'))) })
    expect(strip.get('strong').text()).toBe('Blocked at the preflight')
    expect(strip.findAll('.se').map((cell) => cell.find('.solid').exists())).toEqual([true, false, false, false])
  })

  it('says where other engines come to another end', () => {
    const strip = mount(VerdictStrip, { props: propsOf(onlyChromium) })
    expect(strip.get('.strip-main p').text()).toContain('Blocked in Firefox, WebKit and the standard.')
  })

  it('asks for the engine whose cell is pressed', async () => {
    const strip = mount(VerdictStrip, { props: propsOf(blocked) })
    await strip.findAll('.se')[1]?.trigger('click')
    expect(strip.emitted('show')).toEqual([['firefox']])
  })

  it('shows why the lab could not carry out a run', () => {
    const failed: RunView = { status: 'failed', exchanges: [], result: null, error: 'The host is gone.', startedAt: 0, profile: 'chromium' }
    expect(mount(VerdictStrip, { props: propsOf(blocked, failed) }).text()).toContain('The host is gone.')
  })

  describe('for those who listen', () => {
    beforeEach(() => void vi.useFakeTimers())
    afterEach(() => void vi.useRealTimers())

    it('speaks a prediction only once typing has paused', async () => {
      const strip = mount(VerdictStrip, { props: propsOf(blocked) })
      const spoken = () => strip.get('[aria-live=polite]').text()
      await strip.setProps(propsOf(answering('x-api-key, save-data')))
      expect(spoken()).toBe('')
      await vi.advanceTimersByTimeAsync(800)
      expect(spoken()).toMatch(/^Prediction: allowed\. The script would read/)
    })
  })
})

describe('the exchange diagram', () => {
  it('is a list of buttons that read as sentences', () => {
    const diagram = mount(ExchangeDiagram, { props: propsOf(blocked) })
    const sentences = diagram.findAll('ol button').map((button) => button.attributes('aria-label'))
    expect(sentences[0]).toMatch(/^needs a preflight: yes, not CORS-safelisted: PUT, x-api-key; Chromium needed, Firefox needed/)
    expect(sentences[3]).toMatch(/^preflight passes: no, x-api-key is not in Access-Control-Allow-Headers; Chromium blocked/)
    expect(sentences.at(-1)).toMatch(/^the script reads: nothing/)
  })

  it('outlines what is predicted and fills what has happened', async () => {
    const diagram = mount(ExchangeDiagram, { props: propsOf(blocked) })
    expect(diagram.get('.xd').attributes('data-state')).toBe('predicted')
    expect(diagram.findAll('li:not(.outlined)')).toHaveLength(0)
    await diagram.setProps({ run: runOf(predict(blocked, 'chromium')) })
    expect(diagram.get('.xd').attributes('data-state')).toBe('run')
    expect(diagram.findAll('li.outlined')).toHaveLength(0)
    expect(diagram.findAll('.xd-time').map((time) => time.text())).toEqual(['ms', '0.0', '0.0', '2.0', '2.0', '', '', '', '30.0'])
  })

  it('fills row by row while the run goes on', () => {
    const whole = runOf(predict(answering('*'), 'chromium'))
    const run: RunView = { ...whole, status: 'running', result: null, exchanges: whole.exchanges.slice(0, 1) }
    const diagram = mount(ExchangeDiagram, { props: propsOf(answering('*'), run) })
    expect(diagram.get('.xd').attributes('data-state')).toBe('running')
    expect(diagram.findAll('li').map((row) => row.classes('outlined'))).toEqual([false, false, false, false, true, true, true, true])
  })

  it('selects the first closed gate after a run, and another row when asked', async () => {
    const diagram = mount(ExchangeDiagram, { props: propsOf(blocked, runOf(predict(blocked, 'chromium'))) })
    expect(diagram.get('[aria-current=true]').attributes('aria-label')).toContain('preflight passes: no')
    await diagram.findAll('ol button')[1]?.trigger('click')
    expect(diagram.emitted('select')).toEqual([['0.preflight']])
  })
})

describe('the evidence', () => {
  it('opens the reasons for a gate and the bytes for a message', async () => {
    const evidence = evidenceOf(blocked)
    const selectedTab = () => evidence.get('[role=tab][aria-selected=true]').text()
    expect(selectedTab()).toBe('Why')
    await evidence.setProps({ selected: '0.preflight' })
    expect(selectedTab()).toBe('Raw')
    await evidence.setProps({ selected: '0.preflight-passes' })
    expect(selectedTab()).toBe('Why')
  })

  it('shows the tab that is asked for', async () => {
    const evidence = evidenceOf(blocked)
    for (const { value, text } of evidenceTabs.toReversed()) {
      await evidence.setProps({ open: value })
      expect(evidence.get('[role=tab][aria-selected=true]').text()).toBe(text)
    }
  })

  it('links each ruling to its step, in a window of its own', () => {
    const links = evidenceOf(blocked).findAll('a.step')
    expect(links.length).toBeGreaterThan(1)
    for (const link of links) {
      expect(link.attributes()).toMatchObject({ target: '_blank', rel: 'noreferrer' })
      expect(link.attributes('href')).toMatch(/^https:\/\//)
    }
  })

  it('marks the missing name on the card of what decided, once, and not among what passed', () => {
    const evidence = evidenceOf(blocked, runOf(predict(blocked, 'chromium')))
    expect(evidence.get('.errcard strong').text()).toBe('The preflight does not allow x-api-key')
    expect(evidence.get('.errcard .missing').text()).toBe('x-api-key missing')
    expect(evidence.findAll('.rulings [aria-label=stopped]')).toHaveLength(0)
  })

  it('finds its deciding ruling also in a prediction that crossed a wire', () => {
    const copied = JSON.parse(JSON.stringify(predict(blocked, 'chromium'))) as Prediction
    expect(evidenceOf(blocked, runOf(copied)).findAll('.rulings [aria-label=stopped]')).toHaveLength(0)
  })

  it('tables where the engines differ', () => {
    const evidence = evidenceOf(blocked)
    expect(evidence.get('table[aria-label="Differences between engines"] tbody tr').text()).toMatch(
      /Preflight asks for\s*save-data\s*no\s*yes\s*yes\s*yes/,
    )
  })

  it('shows predicted bytes outlined, and those of a run with their sizes', async () => {
    const evidence = evidenceOf(blocked)
    await evidence.setProps({ open: 'raw' })
    await settled()
    expect(evidence.get('.raw').classes()).toContain('outlined')
    expect(evidence.text()).toContain('Browser would send')
    await evidence.setProps({ run: runOf(predict(blocked, 'chromium')) })
    expect(evidence.find('.raw.outlined').exists()).toBe(false)
    expect(evidence.text()).toMatch(/Browser sent\s*\d+ B, as Chromium 156/)
    expect(evidence.findAll('.rl.hit').map((line) => line.get('.hn').text())).toEqual([
      'Access-Control-Request-Headers',
      'Access-Control-Allow-Headers',
    ])
  })

  it('says how much of a message was not kept', async () => {
    const run = runOf(predict(answering('*'), 'chromium'))
    const [preflight, request] = run.exchanges
    if (!preflight || !request?.response) throw new Error('Two exchanges with answers were expected')
    run.exchanges = [
      preflight,
      {
        ...request,
        response: { ...request.response, size: request.response.size + 2000 },
        trouble: 'The connection was closed too early.',
      },
    ]
    const evidence = evidenceOf(answering('*'), run)
    await evidence.setProps({ selected: '0.request-answer' })
    await settled()
    expect(evidence.text()).toContain('2000 B more went over the wire')
    expect(evidence.text()).toContain('The connection was closed too early.')
  })

  it('never renders what a server sent as HTML', async () => {
    const scenario = answering('*')
    const [step] = scenario.server ?? []
    if (step)
      step.response = {
        status: 200,
        headers: [
          ['Access-Control-Allow-Origin', '*'],
          ['X-<img>', '<img src=x>'],
        ],
        body: '<img src=x onerror=alert(1)>',
      }
    const evidence = evidenceOf(scenario)
    await evidence.setProps({ selected: '0.request-answer' })
    await settled()
    expect(evidence.find('img').exists()).toBe(false)
    expect(evidence.text()).toContain('<img src=x onerror=alert(1)>')
  })

  it('prints what each browser prints, and says so where one prints nothing', async () => {
    const evidence = evidenceOf(onlyChromium)
    await evidence.setProps({ open: 'console' })
    await settled()
    const [chromium, firefox] = evidence.findAll('.con')
    expect(chromium?.text()).toContain('Prints nothing.')
    expect(firefox?.get('.con-msg').text()).toContain('save-data')
  })

  it('shows what the script reads and what is hidden from it', async () => {
    const evidence = evidenceOf(answering('*'), runOf(predict(answering('*'), 'chromium')))
    await evidence.setProps({ open: 'sees' })
    await settled()
    expect(evidence.get('.codeblock').text()).toMatch(/response\.status\s+\/\/ 200/)
    expect(evidence.text()).toMatch(/Hidden: .*etag/)
  })

  it('lists the server’s log, newest first, and says when the handler did not run', async () => {
    const [exchange] = runOf(predict(blocked, 'chromium')).exchanges
    if (!exchange) throw new Error('One exchange was expected')
    const row = (id: string, startedAt: number, target: string): ServerExchange => ({
      ...exchange,
      id,
      startedAt,
      serverId: 's',
      target,
      origin: null,
      status: 204,
    })
    const evidence = evidenceOf(blocked, runOf(predict(blocked, 'chromium')), [row('a', 500, '/old'), row('b', 1001, '/new')])
    await evidence.setProps({ open: 'log' })
    await settled()
    expect(evidence.findAll('tbody tr').map((each) => each.findAll('td')[2]?.text())).toEqual(['/new', '/old'])
    expect(evidence.findAll('tr.is-selected')).toHaveLength(1)
    expect(evidence.text()).toContain('Your handler for PUT did not run.')
  })
})
