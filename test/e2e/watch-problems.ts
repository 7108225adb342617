import type { Page } from 'playwright-core'

/** Collects what a page does wrong unseen: errors of scripts, refusals of the content policy, files that are missing. */
export function watchProblems(page: Page, problems: string[]): void {
  page.on('pageerror', (error) => problems.push(`${page.url()}: ${error.message}`))
  page.on('console', (message) => {
    // What a page itself answered is for the test to judge; the browser repeats every status of 400 and above.
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource')) {
      problems.push(`${page.url()}: ${message.text()}`)
    }
  })
  page.on('response', (response) => {
    const isPart = ['stylesheet', 'script', 'font', 'image'].includes(response.request().resourceType())
    if (isPart && response.status() >= 400) problems.push(`${page.url()}: ${response.status()} ${response.url()}`)
  })
}
