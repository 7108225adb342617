import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { launchBrowser } from './browser.ts'
import { type ContactSheetRow, contactSheet } from './contact-sheet.ts'
import { listedPages } from './page-list.ts'
import { PageVisits } from './page-visits.ts'
import { preparedHome } from './prepared-home.ts'
import { serveHome } from './serve-home.ts'
import { signedInPage } from './signed-in-page.ts'

interface ShootOptions {
  /** A folder that is there. */
  out: string
  /** In pixels. */
  widths: readonly number[]
  themes: readonly ('light' | 'dark')[]
}

/** Shoots every page of the list, whole, on a demonstration of its own, and writes index.html to look through them. */
export async function shootEveryPage({ out, widths, themes }: ShootOptions): Promise<void> {
  const directory = mkdtempSync(join(tmpdir(), 'oversight-shots-'))
  try {
    const home = join(directory, 'home')
    process.stderr.write('making demonstration data\n')
    await preparedHome(home)
    const served = await serveHome(home)
    const browser = await launchBrowser()
    const visits = new PageVisits(
      {
        browser,
        url: served.url,
        pageOf: (account, options) => signedInPage(browser, served.url, { account, ...options }),
      },
      {},
    )
    const rows: ContactSheetRow[] = []
    try {
      for (const [index, listed] of listedPages.entries()) {
        const page = await visits.open(listed)
        const { pathname, search } = new URL(page.url())
        const row: ContactSheetRow = { name: `${pathname}${search}`, visitor: listed.as, pictures: [] }
        for (const width of widths) {
          await page.setViewportSize({ width, height: width < 600 ? 844 : 900 })
          for (const theme of themes) {
            await page.emulateMedia({ colorScheme: theme })
            const file = `${String(index + 1).padStart(2, '0')}-${nameOf(pathname)}-${width}-${theme}.png`
            await page.screenshot({ path: join(out, file), fullPage: true })
            row.pictures.push({ file, title: `${width} px, ${theme}` })
          }
        }
        rows.push(row)
        writeFileSync(join(out, 'index.html'), contactSheet(rows))
        process.stderr.write(`${index + 1} of ${listedPages.length}: ${row.name} as ${row.visitor}\n`)
      }
    } finally {
      await browser.close()
      await served.stop()
    }
  } finally {
    rmSync(directory, { recursive: true, force: true })
  }
  process.stdout.write(`${join(out, 'index.html')}\n`)
}

function nameOf(pathname: string): string {
  return pathname.replaceAll(/[^\w-]+/g, '_').replaceAll(/^_|_$/g, '') || 'index'
}
