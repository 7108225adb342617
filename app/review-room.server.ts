import { systemClock } from '#governance/ledger/clock.ts'
import { freezeOpenReviews } from './freeze-open-reviews.ts'
import { ledger } from './ledger.server.ts'
import { log } from './log.server.ts'
import { freezeMonthEvidence, openMonthlyReview } from './review-evidence.ts'
import { currentWarehouse, findWarehouse } from './warehouse.server.ts'

/** Opens the review of a month on the snapshot being served and freezes its evidence. */
export async function openReviewOf(month: string, by: string): Promise<void> {
  const { db } = await currentWarehouse()
  await openMonthlyReview({ ledger: await ledger(), warehouse: db, month, by }, systemClock())
}

/**
 * Reads the snapshot being served into an open review, of one type or of all: the same numbers change nothing, others
 * make a new revision.
 */
export async function freezeEvidenceOf(month: string, by: string, only?: string): Promise<void> {
  const { db } = await currentWarehouse()
  await freezeMonthEvidence(
    { ledger: await ledger(), warehouse: db, month, by, ...(only === undefined ? {} : { only }) },
    systemClock(),
  )
}

/**
 * After a stop of a type: the open reviews judge it with the level that is in force now. The stop stands whatever happens here;
 * the page of the decision says that the level moved, and offers to judge again.
 */
export async function judgeOpenReviewsAgain(interactionType: string): Promise<void> {
  try {
    const warehouse = await findWarehouse()
    if (warehouse === undefined) return
    await freezeOpenReviews({ ledger: await ledger(), warehouse: warehouse.db, only: interactionType }, systemClock())
  } catch (error) {
    log().error({ error, interactionType }, 'the evidence of the open reviews was not judged again after a stop')
  }
}
