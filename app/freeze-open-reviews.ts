import type { Kysely } from 'kysely'
import type { Clock } from '#governance/ledger/clock.ts'
import type { Ledger } from '#governance/ledger/open-ledger.ts'
import { listReviews } from '#governance/review/find-review.ts'
import type { WarehouseSchema } from '#models/warehouse/warehouse-schema.ts'
import { freezeMonthEvidence } from './review-evidence.ts'

/** Evidence whose content changed: open proposals on it are stale. */
export interface RevisedEvidence {
  month: string
  interactionType: string
}

/**
 * Judges every open review on the snapshot and the levels in force now, actor `system`; of one type `only` when it is the
 * level that moved. Returns what that changed.
 */
export async function freezeOpenReviews(
  input: { ledger: Ledger; warehouse: Kysely<WarehouseSchema>; only?: string },
  clock: Clock,
): Promise<RevisedEvidence[]> {
  const revised: RevisedEvidence[] = []
  for (const { month, state } of await listReviews(input.ledger)) {
    if (state === 'closed') continue
    const outcomes = await freezeMonthEvidence({ ...input, month, by: 'system' }, clock)
    for (const { interactionType, outcome } of outcomes) {
      if (outcome === 'frozen' || outcome === 'revised') revised.push({ month, interactionType })
    }
  }
  return revised
}
