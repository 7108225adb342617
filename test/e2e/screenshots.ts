import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { launchBrowser } from './browser.ts'
import { shootEveryPage } from './shoot-every-page.ts'
import { signIn } from './sign-in.ts'

/**
 * Shoots pages, for eyes. Without paths: every page of the list, whole, on demonstration data of its own, with a sheet to
 * look through them. With paths: those of a running server, as much as a window shows:
 * npm run -s screenshots -- --url http://127.0.0.1:3000 --as leader@demo.invalid /overview /reviews
 * Each page at three widths, light and dark; --width 1440 and --theme light choose one; --full shoots the whole page.
 */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    url: { type: 'string', default: 'http://127.0.0.1:3000' },
    out: { type: 'string', default: join('build', 'screenshots') },
    as: { type: 'string' },
    width: { type: 'string', multiple: true, default: ['1440', '1024', '390'] },
    theme: { type: 'string', multiple: true, default: ['light', 'dark'] },
    full: { type: 'boolean', default: false },
  },
})
const widths = values.width.map(Number)
const themes = values.theme.map((theme) => (theme === 'dark' ? 'dark' : 'light'))

mkdirSync(values.out, { recursive: true })
if (positionals.length === 0) await shootEveryPage({ out: values.out, widths, themes })
else await shootPaths()

async function shootPaths(): Promise<void> {
  const browser = await launchBrowser()
  try {
    for (const theme of themes) {
      const context = await browser.newContext({ colorScheme: theme })
      if (values.as !== undefined) await signIn(context, values.url, values.as)
      const page = await context.newPage()
      page.on('console', (message) => {
        if (message.type() === 'error') process.stderr.write(`${page.url()}: ${message.text()}\n`)
      })
      for (const width of widths) {
        await page.setViewportSize({ width, height: width < 600 ? 844 : 900 })
        for (const path of positionals) {
          const response = await page.goto(new URL(path, values.url).href, { waitUntil: 'networkidle' })
          const name = `${path.replaceAll(/[^\w-]+/g, '_').replaceAll(/^_|_$/g, '') || 'index'}-${width}-${theme}.png`
          await page.screenshot({ path: join(values.out, name), fullPage: values.full })
          const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
          process.stdout.write(
            `${response?.status()} ${name}${overflow > 0 ? ` scrolls sideways by ${overflow}px` : ''}\n`,
          )
        }
      }
      await context.close()
    }
  } finally {
    await browser.close()
  }
}
