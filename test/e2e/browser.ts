import { type Browser, chromium } from 'playwright-core'
import { chromiumFlags, findChromium } from '#app/cli/find-chromium.ts'

/** Starts the browser of the tests with a fresh profile that is removed when it closes. It calls nobody. */
export async function launchBrowser(): Promise<Browser> {
  const { executablePath, env } = findChromium()
  return chromium.launch({
    executablePath,
    env,
    headless: true,
    args: [...chromiumFlags],
  })
}
