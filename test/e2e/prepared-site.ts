import { demonstrationPassword } from '#governance/demonstration/demonstration-accounts.ts'
import { homeOfTheRun } from './home-of-the-run.ts'
import { preparedHome } from './prepared-home.ts'
import { type ServedSite, servedSite } from './served-site.ts'

/** The demonstration in the state that the list of pages is made for. */
export function preparedSite(): ServedSite {
  return servedSite({
    home: () => homeOfTheRun('prepared', preparedHome),
    domain: 'demo.invalid',
    password: demonstrationPassword,
  })
}
