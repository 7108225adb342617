import { z } from 'zod'
import { OversightError } from '#models/oversight-error.ts'
import { monthEnd, parseMonth, parseTimeZone } from '#models/reporting-month.ts'
import { actAs, type By } from '../accounts/acting-user.ts'
import { recordEvent, type Wrote } from '../audit/record-event.ts'
import { change } from '../ledger/change.ts'
import type { Clock } from '../ledger/clock.ts'
import type { Ledger } from '../ledger/open-ledger.ts'
import { parseInput } from '../ledger/parse-input.ts'
import { defaultDueDays } from '../policy/due-days.ts'
import { refuseOlderThanReviewed } from './newest-review.ts'
import { getPolicyOfMonth } from './published-policy.ts'

const day = 86_400_000

const inputSchema = z.object({
  month: z.string(),
  /** Types seen in the month; every registered type joins them. */
  interactionTypes: z.array(z.string().min(1)),
  /** Whether every metric that the gates need is final in the warehouse. */
  isFinal: z.boolean(),
  reportingTimeZone: z.string(),
})

/**
 * Opens the review of one evidence month, once. By an approver, reviewer, operator or the command line. Throws
 * conflict when it is open already, the review of a later month was opened, or the month's numbers can still change.
 */
export async function openReview(
  ledger: Ledger,
  input: z.input<typeof inputSchema> & { by: By },
  clock: Clock,
): Promise<{ month: string; interactionTypes: string[]; policyVersion: number; dueAt: Date }> {
  const parsed = parseInput(inputSchema, input, 'The review')
  const month = parseMonth(parsed.month)
  const reportingTimeZone = parseTimeZone(parsed.reportingTimeZone)
  return change(ledger, async (db) => {
    const actor = await actAs(db, input.by, ['approver', 'reviewer', 'operator', 'system'], 'open a review')
    const known = await db.selectFrom('reviews').select('state').where('review_month', '=', month).executeTakeFirst()
    if (known !== undefined) throw new OversightError('conflict', `The review of ${month} is ${known.state} already.`)
    await refuseOlderThanReviewed(db, month)
    const { policy } = await getPolicyOfMonth(db, month)
    const finalAt = new Date(monthEnd(month, reportingTimeZone).getTime() + policy.maturityDays * day)
    if (clock.now < finalAt) {
      throw new OversightError(
        'conflict',
        `The numbers of ${month} can still change until ${finalAt.toISOString()}. Open its review then.`,
      )
    }
    if (!parsed.isFinal) {
      throw new OversightError(
        'conflict',
        `The data of ${month} is not loaded to its end and ${policy.maturityDays} days beyond. Load newer data, then open its review.`,
      )
    }
    const registered = await db.selectFrom('interaction_types').select('interaction_type').execute()
    const interactionTypes = [
      ...new Set([...parsed.interactionTypes, ...registered.map((row) => row.interaction_type)]),
    ].sort()
    if (interactionTypes.length === 0) {
      throw new OversightError('conflict', `No interaction type is registered or was seen in ${month}.`)
    }
    const dueAt = new Date(clock.now.getTime() + (policy.dueDays ?? defaultDueDays) * day)
    await db
      .insertInto('reviews')
      .values({
        review_month: month,
        reporting_time_zone: reportingTimeZone,
        policy_version: policy.version,
        state: 'open',
        opened_at: clock.now.toISOString(),
        opened_by: actor.id,
        due_at: dueAt.toISOString(),
        closed_at: null,
        closed_by: null,
      })
      .execute()
    const types = interactionTypes.map((type) => ({ review_month: month, interaction_type: type }))
    await db.insertInto('review_types').values(types).execute()
    const wrote = interactionTypes.map((type): Wrote => ['review_types', month, type])
    await recordEvent(
      db,
      clock,
      actor,
      {
        action: 'review-opened',
        object: { type: 'review', id: month },
        data: { policyVersion: policy.version, reportingTimeZone, dueAt: dueAt.toISOString(), interactionTypes },
      },
      ['reviews', month],
      ...wrote,
    )
    return { month, interactionTypes, policyVersion: policy.version, dueAt }
  })
}
