import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { listedPages } from './page-list.ts'
import { PageVisits } from './page-visits.ts'
import { preparedSite } from './prepared-site.ts'
import { textFaults } from './text-faults.ts'

const site = preparedSite()

/** In CSS pixels. Zooming to 200 % halves the width that there is: 720 is a window of 1440, 320 one of 640. */
const widths = [1440, 1024, 970, 800, 720, 390, 320]

describe('every word of a page can be read at every width, and nothing moves for those who asked for that', () => {
  let visits: PageVisits

  beforeAll(() => {
    visits = new PageVisits(site, { reducedMotion: 'reduce' })
  })

  afterAll(() => visits.close())

  it.each(listedPages)('$name', async (listed) => {
    const page = await visits.open(listed)
    for (const width of widths) {
      await page.setViewportSize({ width, height: 900 })
      // What scripts make of another width is there with the frame.
      await page.evaluate(() => new Promise(requestAnimationFrame))
      expect.soft(await textFaults(page), `${width} px wide`).toEqual([])
    }
    const moving = await page.evaluate(() => {
      const all = [...document.querySelectorAll('*')].map((element) => getComputedStyle(element))
      const lasting = all.filter((style) => Number.parseFloat(style.transitionDuration) > 0)
      // The shades of scroll regions go by how far they are scrolled, not by time.
      const timed = document.getAnimations().filter(({ timeline }) => timeline instanceof DocumentTimeline)
      return timed.length + lasting.length
    })
    expect(moving).toBe(0)
  })
})
