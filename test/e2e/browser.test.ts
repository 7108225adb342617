import { describe, expect, it } from 'vitest'
import { launchBrowser } from './browser.ts'

describe('the browser of the tests', () => {
  it('starts without anything installed by hand, lays text out and runs scripts', async () => {
    const browser = await launchBrowser()
    try {
      const page = await browser.newPage({ viewport: { width: 1024, height: 640 } })
      await page.setContent('<main><h1>Oversight</h1><script>document.title = "scripted"</script></main>')
      expect(await page.title()).toBe('scripted')
      const heading = await page.locator('h1').boundingBox()
      expect(heading?.height).toBeGreaterThan(20)
      expect((await page.screenshot()).subarray(1, 4).toString()).toBe('PNG')
    } finally {
      await browser.close()
    }
  })

  it('renders without JavaScript where a test asks for it', async () => {
    const browser = await launchBrowser()
    try {
      const context = await browser.newContext({ javaScriptEnabled: false })
      const page = await context.newPage()
      await page.setContent('<p id="p">plain</p><noscript>no script</noscript>')
      expect(await page.locator('noscript').textContent()).toBe('no script')
    } finally {
      await browser.close()
    }
  })
})
