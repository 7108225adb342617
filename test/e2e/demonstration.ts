import { makeDemonstration } from '#app/cli/make-demonstration.ts'
import { demonstrationDefaults } from '#app/cli/sample.ts'
import type { Home } from '#app/home.ts'
import { parseMonth } from '#models/reporting-month.ts'

/** Fixed, so that the same numbers are on every page of every run. */
export const demonstrationUntil = parseMonth('2025-06')

/** A demonstration home in a folder that does not exist yet. */
export async function demonstrationHome(directory: string): Promise<Home> {
  const { home } = await makeDemonstration({
    ...demonstrationDefaults,
    until: demonstrationUntil,
    directory,
    onProgress: () => {},
  })
  return home
}
