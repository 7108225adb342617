import { randomBytes } from 'node:crypto'
import { chromium } from 'playwright-core'
import { OversightError } from '#models/oversight-error.ts'
import type { Home } from '../home.ts'
import { startServer } from '../server.ts'
import { printTokenHeader } from '../session.server.ts'
import { buildPages, isBuildCurrent } from './build-pages.ts'
import { chromiumFlags, findChromium } from './find-chromium.ts'

/**
 * One page of a home as a PDF, exactly as a browser prints it: served to a browser of this process alone, on a free port
 * of this machine, with a token that ends with the process. `say` tells what takes long.
 * Throws not_found when there is no browser or no such page.
 */
export async function printPage(home: Home, path: string, say: (line: string) => void): Promise<Buffer> {
  const { executablePath, env } = findChromium()
  if (!isBuildCurrent()) {
    say('Building the pages ...')
    await buildPages()
  }
  const printToken = randomBytes(32).toString('base64url')
  const server = await startServer({ home, port: 0, printToken })
  try {
    const browser = await chromium.launch({ executablePath, env, headless: true, args: [...chromiumFlags] })
    try {
      const page = await browser.newPage({ extraHTTPHeaders: { [printTokenHeader]: printToken } })
      const answer = await page.goto(`${server.url}${path}`, { waitUntil: 'networkidle' })
      if (answer?.status() !== 200) {
        throw new OversightError(
          'not_found',
          ((await page.locator('main').textContent()) ?? '').replaceAll(/\s+/g, ' ').trim(),
        )
      }
      await page.evaluate('document.fonts.ready')
      return await page.pdf({ preferCSSPageSize: true, printBackground: true, tagged: true, outline: true })
    } finally {
      await browser.close()
    }
  } finally {
    await server.close()
  }
}
