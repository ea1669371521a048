import { expect, type Locator } from '@playwright/test'

/** Goes to a control as somebody without a mouse does, by one key again and again; fails where it is too far to be reached so. */
export async function tabTo(target: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  const { keyboard } = target.page()
  for (let presses = 0; presses < 60 && !(await target.evaluate((each) => each === document.activeElement)); presses++)
    await keyboard.press(key)
  await expect(target).toBeFocused()
}
