import { expect, test } from './fixtures.ts'

test('the page opens under its title, without a word of complaint in the console', async ({ lab }) => {
  await expect(lab.page).toHaveTitle(/CORS Lab/)
  await expect(lab.page.getByRole('main')).toBeVisible()
})

test('the page’s own policy stops a script from elsewhere, an inline script and a form', async ({ lab }) => {
  const violations = await lab.page.evaluate(async () => {
    const seen: string[] = []
    document.addEventListener('securitypolicyviolation', (event) => seen.push(event.effectiveDirective))
    const settled = (element: HTMLElement) => new Promise((resolve) => element.addEventListener('error', resolve))
    const script = Object.assign(document.createElement('script'), { src: 'https://attacker.example/x.js' })
    const failed = settled(script)
    document.head.append(script, Object.assign(document.createElement('script'), { textContent: 'window.ran = true' }))
    await failed
    const form = Object.assign(document.createElement('form'), { action: 'https://attacker.example/' })
    document.body.append(form)
    form.submit()
    await fetch('https://attacker.example/').catch(() => undefined)
    return { seen, ran: 'ran' in window }
  })
  expect(violations.ran).toBe(false)
  expect(new Set(violations.seen)).toEqual(new Set(['script-src-elem', 'form-action', 'connect-src']))
  lab.problems.length = 0
})

test('the address bar does not keep the token, and a reload still finds the host', async ({ lab }) => {
  await expect(lab.page.getByRole('main')).toBeVisible()
  expect(new URL(lab.page.url()).hash).toBe('')
  await lab.page.reload()
  await expect(lab.page.getByRole('main')).toBeVisible()
})
