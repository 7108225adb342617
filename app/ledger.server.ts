import type { Ledger } from '#governance/ledger/open-ledger.ts'
import { openHomeLedger } from './open-home-ledger.ts'
import { runtime } from './runtime.server.ts'

/** The governance database of the running server, opened once. */
export function ledger(): Promise<Ledger> {
  const current = runtime()
  const found = current.resources.get('ledger') as Promise<Ledger> | undefined
  if (found !== undefined) return found
  const opened = openHomeLedger(current.home)
  current.resources.set('ledger', opened)
  opened.then(
    (open) => current.closers.push(() => open.close()),
    () => current.resources.delete('ledger'),
  )
  return opened
}
