import type { Page } from 'playwright-core'

/** Opens every failed contact that the page drew for this person; where a reduction is proposed too, though none has to be. */
export async function openDrawnCases(page: Page): Promise<void> {
  await page.getByRole('heading', { name: 'Before you vote' }).waitFor()
  const buttons = page.getByRole('button', { name: /^Open contact/ })
  for (let left = await buttons.count(); left > 0; left -= 1) {
    await buttons.first().click()
    await buttons.nth(left - 1).waitFor({ state: 'detached' })
  }
}
