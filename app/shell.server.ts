import type { Role } from '#governance/accounts/roles.ts'
import type { Month } from '#models/reporting-month.ts'
import { isOversightError, trailReaders } from './access.server.ts'
import { log } from './log.server.ts'
import { defaultMonth, type ReportingMonth, reportingMonths } from './reporting-months.server.ts'
import { runtime } from './runtime.server.ts'
import { currentSession } from './session.server.ts'
import { type Theme, themeOf } from './theme.server.ts'
import { snapshotInfo } from './warehouse.server.ts'

export interface ShellData {
  theme: Theme
  isDemonstration: boolean
  /** null: nobody is signed in, and nothing about the data is told. */
  signedIn: SignedInShell | null
}

export interface SignedInShell {
  name: string
  roles: readonly Role[]
  maySeeTrail: boolean
  months: readonly ReportingMonth[]
  defaultMonth: Month | null
  freshness: Freshness
}

export type Freshness =
  | { state: 'known'; loadedThrough: Date | null; matureThrough: Date | null; timeZone: string }
  | { state: 'empty' }
  | { state: 'failed'; message: string }

/** What the frame of every page shows. A warehouse that cannot be read is said in the bar; the rest stays usable. */
export async function shellData(request: Request): Promise<ShellData> {
  const [theme, session] = [await themeOf(request), await currentSession(request)]
  const { isDemonstration } = runtime().home
  if (session === undefined) return { theme, isDemonstration, signedIn: null }
  const { name, roles } = session.user
  const maySeeTrail = trailReaders.some((role) => roles.includes(role))
  return { theme, isDemonstration, signedIn: { name, roles, maySeeTrail, ...(await dataState()) } }
}

async function dataState(): Promise<Pick<SignedInShell, 'months' | 'defaultMonth' | 'freshness'>> {
  try {
    const info = await snapshotInfo()
    if (info === undefined) return { months: [], defaultMonth: null, freshness: { state: 'empty' } }
    const { loadedThrough, matureThrough, reportingTimeZone: timeZone } = info
    return {
      months: await reportingMonths(),
      defaultMonth: (await defaultMonth()) ?? null,
      freshness: { state: 'known', loadedThrough, matureThrough, timeZone },
    }
  } catch (error) {
    log().error({ err: error }, 'warehouse cannot be read')
    const message = isOversightError(error) ? error.message : 'The warehouse cannot be read.'
    return { months: [], defaultMonth: null, freshness: { state: 'failed', message } }
  }
}
