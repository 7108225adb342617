import type { Ledger } from '#governance/ledger/open-ledger.ts'
import { type Home, homeDirectory, openHome } from '../home.ts'
import { openHomeLedger } from '../open-home-ledger.ts'

/** Opens the ledger of a home for one command and closes it afterwards, whatever happens. */
export async function withLedger<Result>(
  flag: string | undefined,
  work: (ledger: Ledger, home: Home) => Promise<Result>,
): Promise<Result> {
  const home = openHome(homeDirectory(flag))
  const ledger = await openHomeLedger(home)
  try {
    return await work(ledger, home)
  } finally {
    await ledger.close()
  }
}
