import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { catalogue } from '#shared/learn/catalogue'
import { requestsOf } from '#shared/learn/lesson'
import { sampled } from '../support/quick.ts'
import { expect, test } from './fixtures.ts'
import { bench } from './support/bench.ts'
import { classroom } from './support/classroom.ts'

test.use({ browsers: 'all' })

test('each lesson: why, reset, opened in the lab; and the next one, whose ports are taken by then, says others', async ({ lab }) => {
  // Thirty-one steps.
  test.slow()
  const { page } = lab
  const { main, ...does } = classroom(page)
  const { workspace, verdict } = bench(page)
  const seen = Object.fromEntries(catalogue.map(({ id, checks }) => [id, Object.fromEntries(checks.map((check) => [check, 1]))]))
  await writeFile(join(lab.dataFolder, 'learn.json'), JSON.stringify({ version: 1, lessons: seen }))
  await page.reload()

  // Another lab may take a port in the moment between a lesson's server and its copy.
  const servers = workspace.getByRole('button', { name: /^(running|stopped) / })
  const running = workspace.getByRole('button', { name: /^running / })
  const requests = workspace.getByRole('button', { name: /^(GET|POST|PUT|DELETE) / })
  const runIt = does.bench.getByRole('button', { name: 'Run it' })
  const nothing = does.bench.getByText('Nothing has arrived yet.')
  const given = new Set<number>()
  for (const { load } of sampled(catalogue, 3)) {
    const lesson = await load()
    const checks = lesson.steps.flatMap((step) => step.checks.map(({ id }) => id))
    await test.step(lesson.title, async () => {
      await expect(does.lesson(lesson.title)).toContainText('done')
      await does.open(lesson.title)
      const taken = lesson.servers.map(({ port }) => port).filter((port) => given.has(port))
      /** A step whose requests the lab sends itself, and whose server counts them. */
      let counted: string | null = null
      for (const step of lesson.steps) {
        await does.step(step.title)
        await does.ticked(...step.checks.map(({ id }) => id))
        for (const port of taken)
          await expect(main, `${step.title} names port ${port}, which is taken`).not.toContainText(new RegExp(`\\b${port}\\b`))
        if (step.why !== undefined) {
          await main.getByText('Why: what rules on the request').click()
          const ruling = main.locator('.lesson-why').getByRole('listitem').last()
          await expect(ruling).toContainText(/The |Blocked/)
          await expect(ruling.getByRole('link')).toHaveAttribute('href', /^https:/)
        }
        if ((await runIt.count()) === 0 || (await nothing.count()) === 0) continue
        await runIt.click()
        await expect(nothing).toHaveCount(0)
        counted = step.title
      }

      await does.reset()
      await expect(does.lesson(lesson.title)).not.toContainText('done')
      for (const step of lesson.steps) {
        await does.step(step.title)
        await does.notTicked(...step.checks.map(({ id }) => id))
        if (step.title === counted) await expect(nothing).toBeVisible()
      }
      expect(checks.length).toBeGreaterThan(0)
      if (lesson.servers.length === 0) return

      const [serversBefore, requestsBefore] = [await servers.count(), await requests.count()]
      await main.getByRole('button', { name: 'Open in the lab' }).click()
      await expect(servers).toHaveCount(serversBefore + lesson.servers.length)
      for (const { name } of lesson.servers) await expect(servers.filter({ hasText: name }).first()).toBeVisible()
      for (const text of await running.allInnerTexts()) given.add(Number(/:(\d+)/.exec(text)?.[1]))
      const [first, ...others] = requestsOf(lesson)
      await expect(requests).toHaveCount(requestsBefore + 1 + others.length)
      const url = first?.request.url.replace(/\{\w+\}/, '\\d+').replace(/\{\w+\.origin\}/, 'https?://[\\w.]+') ?? ''
      await expect(main.getByRole('textbox', { name: 'URL' })).toHaveValue(new RegExp(`^${url}$`))
      await expect(verdict).toContainText(/Allowed|Blocked|Opaque/)
    })
  }
  expect(given.size).toBeGreaterThan(1)
})
