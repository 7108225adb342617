import type { Kysely } from 'kysely'
import { decideDemonstrationMonth } from '#governance/demonstration/decide-demonstration-month.ts'
import type { Ledger } from '#governance/ledger/open-ledger.ts'
import { getCurrentPolicy } from '#governance/review/published-policy.ts'
import { addMonths, type Month, monthEnd } from '#models/reporting-month.ts'
import type { WarehouseSchema } from '#models/warehouse/warehouse-schema.ts'
import { openMonthlyReview } from '../review-evidence.ts'

const day = 86_400_000

/**
 * The reviews that the scripted people of a demonstration held before its newest month, each keeping every level as it
 * was, so that no decision has lapsed when somebody comes to look: every fifth month, as decisions hold six, and the
 * last one. Not every month, because each signature costs its time. The newest month is left to whoever looks.
 */
export async function makeDemonstrationHistory(input: {
  ledger: Ledger
  warehouse: Kysely<WarehouseSchema>
  until: Month
  months: number
  newId: () => string
}): Promise<void> {
  const { ledger, warehouse, until, months, newId } = input
  const { maturityDays } = await getCurrentPolicy(ledger.db)
  for (const index of reviewedMonths(months)) {
    const month = addMonths(until, index + 1 - months)
    const opensAt = new Date(monthEnd(month, 'UTC').getTime() + (maturityDays + 1) * day)
    await openMonthlyReview({ ledger, warehouse, month, by: 'system' }, { now: opensAt, newId })
    const from = new Date(opensAt.getTime() + 2 * day)
    await decideDemonstrationMonth(ledger, { month, from, newId, choose: () => 'keep' })
  }
}

/** Counted from the first month, 0. Decisions hold six months and come about ten days after the month's end. */
function reviewedMonths(months: number): number[] {
  return Array.from({ length: Math.max(0, months - 1) }, (_, index) => index).filter(
    (index) => index === months - 2 || index % 5 === 3,
  )
}
