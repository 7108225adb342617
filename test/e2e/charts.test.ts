import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { demonstrationSite } from './demonstration-site.ts'

const site = demonstrationSite()
const type = '/types/refund_request'

describe('the charts of a type', () => {
  it('are walked point by point with the arrow keys, and each point opens its rows', async () => {
    const page = await site.pageOf('leader')
    await page.setViewportSize({ width: 1280, height: 900 })
    await page.goto(type, { waitUntil: 'networkidle' })
    const marks = page.locator('#errors .only-wide .g-mark')
    const said = await marks.evaluateAll((all) => all.map((mark) => mark.getAttribute('aria-label') ?? ''))
    expect(said.length).toBeGreaterThan(3)
    await page.locator('#errors .only-wide .g-mark[tabindex="0"]').focus()
    const focused = () => page.evaluate(() => document.activeElement?.getAttribute('aria-label'))
    expect(await focused()).toBe(said.at(-1))
    await page.keyboard.press('ArrowLeft')
    expect(await focused()).toBe(said.at(-2))
    await page.keyboard.press('Home')
    expect(await focused()).toBe(said[0])
    expect(said[0]).toMatch(/^\w+ \d{4}: [\d.]+\u202f% \([\d.]+\u00a0to\u00a0[\d.]+\), \d+ of \d+/)
    const reviewed = / of (\d+)/.exec(said[0] ?? '')?.[1]
    await page.keyboard.press('Enter')
    await page.waitForURL(/\/interactions\?/)
    expect(await page.locator('h1').textContent()).toMatch(new RegExp(`^${reviewed} `))
  })

  it('are reached and saved without scripts', async () => {
    const page = await site.pageOf('leader', { javaScriptEnabled: false })
    await page.goto(type)
    expect(await page.locator('#errors .g-mark[tabindex="-1"]').count()).toBe(0)
    const [svg] = await Promise.all([
      page.waitForEvent('download'),
      page.locator('#errors .saves a', { hasText: 'SVG' }).click(),
    ])
    expect(svg.suggestedFilename()).toMatch(/^oversight-ai_error_rate-refund_request-\d{4}-\d{2}\.svg$/)
    const drawn = readFileSync(await svg.path(), 'utf8')
    expect(drawn.startsWith('<svg xmlns=')).toBe(true)
    expect(drawn.includes('var(')).toBe(false)
    const [csv] = await Promise.all([
      page.waitForEvent('download'),
      page.locator('#errors .saves a', { hasText: 'CSV' }).click(),
    ])
    expect(csv.suggestedFilename()).toMatch(/^oversight-ai_error_rate-refund_request-\d{4}-\d{2}\.csv$/)
    const [head] = readFileSync(await csv.path(), 'utf8').split('\n')
    expect(head?.startsWith('month,interaction_type,metric,cohort,numerator,denominator,value,lower,upper')).toBe(true)
  })

  it('become pictures in the browser', async () => {
    const page = await site.pageOf('leader')
    await page.goto(type, { waitUntil: 'networkidle' })
    const [png] = await Promise.all([page.waitForEvent('download'), page.locator('#errors .saves button').click()])
    expect(png.suggestedFilename()).toMatch(/^oversight-ai_error_rate-refund_request-\d{4}-\d{2}\.png$/)
    expect(
      readFileSync(await png.path())
        .subarray(1, 4)
        .toString(),
    ).toBe('PNG')
  })
})

describe('the threshold', () => {
  it('is chosen in the address without scripts', async () => {
    const page = await site.pageOf('leader', { javaScriptEnabled: false })
    await page.goto('/types/order_status/confidence?threshold=0.8')
    expect(await page.locator('.slider output').first().textContent()).toMatch(
      /^At 80\u202f% and above: .* per 100 answers, .* per 100 sent alone/,
    )
  })
})
