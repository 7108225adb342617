import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { launchBrowser } from './browser.ts'
import { signIn } from './sign-in.ts'

/**
 * Shoots pages of a running server, for eyes:
 * node test/e2e/screenshots.ts --url http://127.0.0.1:3000 --out /tmp/shots --as leader@demo.invalid /overview /reviews
 * Each page at three widths, light and dark; --width 1440 and --theme light choose one; --full shoots the whole page.
 */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    url: { type: 'string', default: 'http://127.0.0.1:3000' },
    out: { type: 'string', default: 'screenshots' },
    as: { type: 'string' },
    width: { type: 'string', multiple: true, default: ['1440', '1024', '390'] },
    theme: { type: 'string', multiple: true, default: ['light', 'dark'] },
    full: { type: 'boolean', default: false },
  },
})

mkdirSync(values.out, { recursive: true })
const browser = await launchBrowser()
try {
  for (const theme of values.theme) {
    const context = await browser.newContext({ colorScheme: theme === 'dark' ? 'dark' : 'light' })
    if (values.as !== undefined) await signIn(context, values.url, values.as)
    const page = await context.newPage()
    page.on('console', (message) => {
      if (message.type() === 'error') process.stderr.write(`${page.url()}: ${message.text()}\n`)
    })
    for (const width of values.width.map(Number)) {
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
