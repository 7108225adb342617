import { z } from 'zod'
import type { Ledger } from '#governance/ledger/open-ledger.ts'

/** Evidence is answered for this long, so the snapshot it was taken from stays. */
export const citedMonths = 24

const citation = z.object({ snapshotId: z.int() })

/** Snapshots from which evidence was frozen in the last 24 months. */
export async function citedSnapshots(ledger: Pick<Ledger, 'db'>, now: Date): Promise<Set<number>> {
  const since = new Date(now)
  since.setUTCMonth(since.getUTCMonth() - citedMonths)
  const rows = await ledger.db
    .selectFrom('evidence')
    .select('provenance')
    .where('frozen_at', '>=', since.toISOString())
    .execute()
  return new Set(rows.map(({ provenance }) => citation.parse(JSON.parse(provenance)).snapshotId))
}
