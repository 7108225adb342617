import { demonstrationPassword } from '#governance/demonstration/demonstration-accounts.ts'
import { demonstrationHome } from './demonstration.ts'
import { homeOfTheRun } from './home-of-the-run.ts'
import { type ServedSite, servedSite } from './served-site.ts'

/** The demonstration with its accounts, one for all tests of the file that calls this at its top. */
export function demonstrationSite(): ServedSite {
  return servedSite({
    home: () => homeOfTheRun('demonstration', demonstrationHome),
    domain: 'demo.invalid',
    password: demonstrationPassword,
  })
}
