import { z } from 'zod'
import { OversightError } from '#models/oversight-error.ts'
import { actAs, type By } from '../accounts/acting-user.ts'
import { recordEvent } from '../audit/record-event.ts'
import { change } from '../ledger/change.ts'
import type { Clock } from '../ledger/clock.ts'
import type { Ledger } from '../ledger/open-ledger.ts'
import { parseInput } from '../ledger/parse-input.ts'
import { getOpenReview } from './get-open-review.ts'

const inputSchema = z.object({ month: z.string() })

/** Closes a review in which every type is decided. By an approver, operator or the command line. Throws conflict. */
export async function closeReview(
  ledger: Ledger,
  input: z.input<typeof inputSchema> & { by: By },
  clock: Clock,
): Promise<void> {
  const { month } = parseInput(inputSchema, input, 'The closing')
  await change(ledger, async (db) => {
    const actor = await actAs(db, input.by, ['approver', 'operator', 'system'], 'close a review')
    await getOpenReview(db, month)
    const undecided = await db
      .selectFrom('review_types as type')
      .leftJoin('decisions as decision', (join) =>
        join
          .onRef('decision.review_month', '=', 'type.review_month')
          .onRef('decision.interaction_type', '=', 'type.interaction_type'),
      )
      .select('type.interaction_type')
      .where('type.review_month', '=', month)
      .where('decision.decision_id', 'is', null)
      .orderBy('type.interaction_type')
      .execute()
    const [first] = undecided
    if (first !== undefined) {
      throw new OversightError(
        'conflict',
        `${undecided.length} of the types of ${month} are undecided, the first is ${first.interaction_type}.`,
      )
    }
    await db
      .updateTable('reviews')
      .set({ state: 'closed', closed_at: clock.now.toISOString(), closed_by: actor.id })
      .where('review_month', '=', month)
      .execute()
    await recordEvent(db, clock, actor, { action: 'review-closed', object: { type: 'review', id: month }, data: {} }, [
      'reviews',
      month,
    ])
  })
}
