import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { addPeople } from './add-people.ts'
import { homeOfTheRun } from './home-of-the-run.ts'
import { oversight } from './run-oversight.ts'
import { type ServedSite, servedSite } from './served-site.ts'

const folder = join(process.cwd(), '..', 'shared', 'data', 'tau2_simulations')

/** Public runs of AI agents, where they lie beside the repository: they are no part of it. */
export const hasRealRuns = existsSync(folder)
/** After the name of a test that needs them. */
export const whereSkipped = hasRealRuns ? '' : ' (skipped: ../shared/data is absent)'

const people = {
  roles: { leader: 'viewer', analyst: 'analyst', auditor: 'auditor' },
  domain: 'example.invalid',
  password: 'four plain words here',
}

/** Loads the real runs into a home. */
export function loadRealRuns(home: string): void {
  const files = readdirSync(folder).filter((file) => file.endsWith('.json.gz'))
  oversight(['load', 'tau2-bench', ...files.map((file) => join(folder, file)), '--home', home])
}

/** The real runs with one person for each part, one home for all tests of the group that calls this at its top. */
export function realRunsSite(): ServedSite {
  return servedSite({
    home: () =>
      homeOfTheRun('real-runs', async (home) => {
        loadRealRuns(home)
        addPeople(home, people)
      }),
    ...people,
  })
}
