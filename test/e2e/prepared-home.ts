import { launchBrowser } from './browser.ts'
import { demonstrationHome } from './demonstration.ts'
import { preparePages } from './prepare-pages.ts'
import { serveHome } from './serve-home.ts'

/** Makes the demonstration in the state that the list of pages is made for, in a folder that does not exist yet. */
export async function preparedHome(directory: string): Promise<void> {
  await demonstrationHome(directory)
  const served = await serveHome(directory)
  try {
    const browser = await launchBrowser()
    await preparePages(browser, served.url).finally(() => browser.close())
  } finally {
    await served.stop()
  }
}
