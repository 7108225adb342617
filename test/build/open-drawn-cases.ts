import type { Clock } from '#governance/ledger/clock.ts'
import type { Ledger } from '#governance/ledger/open-ledger.ts'
import { listDrawnCases } from '#governance/review/cases-to-open.ts'
import { getReviewType } from '#governance/review/get-review-type.ts'
import { recordCaseOpened } from '#governance/review/record-opening.ts'

/** Opens every failed contact that was drawn for this person, as the page asks before a vote. */
export async function openDrawnCases(
  ledger: Ledger,
  of: { month: string; interactionType: string; by: string },
  clock: Clock,
): Promise<number> {
  const { evidence } = await getReviewType(ledger, of)
  if (evidence === null) return 0
  const drawn = await listDrawnCases(ledger.db, evidence, of.by)
  for (const { caseKey } of drawn) await recordCaseOpened(ledger, { ...of, caseKey }, clock)
  return drawn.length
}
