import { expect, test } from './fixtures.ts'
import { bench } from './support/bench.ts'
import { freePort } from './support/free-port.ts'
import { servePage } from './support/page-server.ts'

test.use({ browsers: 'all' })

test('a preflighted request: predicted, run, blocked once the policy forgets a header, and all of it true of a page in this browser', async ({
  lab,
  browser,
}) => {
  const { page } = lab
  const { main, verdict, exchange, evidence, ...does } = bench(page)
  const port = await freePort()
  const developersPage = await servePage(5173)
  const url = `http://localhost:${port}/orders/17`
  const asked = { method: 'PUT', headers: { 'Content-Type': 'application/json', 'X-Api-Key': 'k' } }

  try {
    // A server on a port, with a policy for that page.
    await does.newServer(port)
    await does.allowOrigins(developersPage.origin)
    await does.allow('methods', 'PUT')
    await does.allow('request headers', 'content-type', 'x-api-key')
    await does.startServer()

    // The request that the page will make.
    await does.newRequest('PUT', url, Object.entries(asked.headers))
    await does.pageOrigin(developersPage.origin)

    // The prediction is there before anything is sent.
    await expect(verdict).toContainText('Prediction: allowed')
    await expect(exchange.getByRole('button', { name: /^needs a preflight: yes/ })).toHaveAccessibleName(
      /not CORS-safelisted: PUT, content-type, x-api-key/,
    )
    await expect(evidence).toContainText('Main fetch 12')

    // And so it goes.
    await does.run()
    await expect(verdict).toContainText('Allowed')
    await expect(verdict).not.toContainText('Prediction')
    await does.show('Raw')
    await evidence.getByRole('radio', { name: /^Preflight/ }).click()
    for (const line of [
      'OPTIONS /orders/17 HTTP/1.1',
      'Access-Control-Request-Method: PUT',
      'Access-Control-Request-Headers: content-type,x-api-key',
      'HTTP/1.1 204 No Content',
      'Access-Control-Allow-Headers: content-type, x-api-key',
    ])
      await expect(evidence).toContainText(line)
    await evidence.getByRole('radio', { name: /^PUT/ }).click()
    for (const line of ['PUT /orders/17 HTTP/1.1', 'X-Api-Key: k', 'HTTP/1.1 200 OK']) await expect(evidence).toContainText(line)
    expect(await fetchFrom(developersPage.origin)).toMatchObject({ type: 'cors', status: 200 })

    // The server's side of the same exchanges: the lab's two, the page's two.
    await does.show('Server log')
    await expect(evidence.getByText('OPTIONS')).toHaveCount(2)

    // The policy forgets the header, while the server runs.
    await does.openServer('API')
    await main.getByRole('group', { name: 'Request headers' }).getByRole('button', { name: 'Remove x-api-key' }).click()
    await does.openRequest('Request')
    await expect(verdict).toContainText('Prediction: blocked at the preflight')
    await expect(verdict).toContainText('x-api-key')

    await does.run()
    await expect(verdict).toContainText('Blocked at the preflight')
    await expect(verdict).not.toContainText('Prediction')
    await does.show('Why')
    const decided = evidence.getByRole('article', { name: 'The preflight does not allow x-api-key' })
    await expect(decided.getByRole('link', { name: 'CORS-preflight fetch 7.7' })).toBeVisible()
    await expect(exchange.getByRole('button', { name: /^browser to server: PUT/ })).toHaveAccessibleName(/never sent/)

    // A page of that origin, in this browser, really fetching from that server.
    expect(await fetchFrom(developersPage.origin)).toEqual({ rejected: 'TypeError: Failed to fetch' })
  } finally {
    developersPage.close()
  }

  async function fetchFrom(origin: string): Promise<unknown> {
    // Its own context: a browser keeps a preflight's answer for as long as the policy said, and would not ask again.
    const context = await browser.newContext()
    const opened = await context.newPage()
    await opened.goto(`${origin}/`)
    const outcome = await opened.evaluate(
      ([target, init]) =>
        fetch(target, init).then(
          ({ type, status }) => ({ type, status }),
          (error: unknown) => ({ rejected: String(error) }),
        ),
      [url, asked] as const,
    )
    await context.close()
    return outcome
  }
})
