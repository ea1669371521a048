import { expect, test } from './fixtures.ts'

test('the page opens under its title, without a word of complaint in the console', async ({ lab }) => {
  await expect(lab.page).toHaveTitle(/CORS Lab/)
  await expect(lab.page.getByRole('main')).toBeVisible()
})

test('the page’s own policy stops a script from elsewhere, an inline script, a form and a request', async ({ lab }) => {
  lab.tolerated.push(/Content Security Policy/)
  const violated = new Set<string>()
  await lab.page.exposeFunction('tell', (directive: string) => void violated.add(directive))
  await lab.page.evaluate(() => {
    document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) =>
      (window as unknown as { tell(directive: string): void }).tell(effectiveDirective),
    )
    document.head.append(
      Object.assign(document.createElement('script'), { src: 'https://attacker.example/x.js' }),
      Object.assign(document.createElement('script'), { textContent: 'document.title = "ran"' }),
    )
    const form = Object.assign(document.createElement('form'), { action: 'https://attacker.example/' })
    document.body.append(form)
    form.submit()
    fetch('https://attacker.example/').catch(() => undefined)
  })
  await expect.poll(() => [...violated].sort()).toEqual(['connect-src', 'form-action', 'script-src-elem'])
  expect(await lab.page.evaluate(() => document.title)).not.toBe('ran')
})

test('the address bar does not keep the token, and a reload still finds the host', async ({ lab }) => {
  await expect(lab.page.getByRole('main')).toBeVisible()
  expect(new URL(lab.page.url()).hash).toBe('')
  await lab.page.reload()
  await expect(lab.page.getByRole('main')).toBeVisible()
})
