import type { Ledger } from '../ledger/open-ledger.ts'
import { type Decision, toDecision } from './decision.ts'

/** Decisions of every kind, newest first; of one type or month, or only those that moved a level, when asked. */
export async function listDecisions(
  ledger: Pick<Ledger, 'db'>,
  filter: { interactionType?: string | undefined; month?: string | undefined; isMove?: boolean } = {},
): Promise<Decision[]> {
  let query = ledger.db.selectFrom('decisions').selectAll()
  if (filter.interactionType !== undefined) query = query.where('interaction_type', '=', filter.interactionType)
  if (filter.month !== undefined) query = query.where('review_month', '=', filter.month)
  if (filter.isMove === true) query = query.whereRef('from_level', '<>', 'to_level')
  const rows = await query.orderBy('decided_at', 'desc').orderBy('decision_id').execute()
  return rows.map(toDecision)
}
