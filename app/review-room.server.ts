import { systemClock } from '#governance/ledger/clock.ts'
import { ledger } from './ledger.server.ts'
import { freezeMonthEvidence, openMonthlyReview } from './review-evidence.ts'
import { currentWarehouse } from './warehouse.server.ts'

/** Opens the review of a month on the snapshot being served and freezes its evidence. */
export async function openReviewOf(month: string, by: string): Promise<void> {
  const { db } = await currentWarehouse()
  await openMonthlyReview({ ledger: await ledger(), warehouse: db, month, by }, systemClock())
}

/** Reads the snapshot being served into an open review: the same numbers change nothing, others make a new revision. */
export async function freezeEvidenceOf(month: string, by: string): Promise<void> {
  const { db } = await currentWarehouse()
  await freezeMonthEvidence({ ledger: await ledger(), warehouse: db, month, by }, systemClock())
}
