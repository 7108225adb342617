import type { OversightLevel } from '#models/warehouse/warehouse-schema.ts'
import type { Actor } from '../audit/audit-event.ts'
import { recordEvent, type Wrote } from '../audit/record-event.ts'
import type { LedgerTransaction } from '../ledger/change.ts'
import type { Clock } from '../ledger/clock.ts'

/** Ends the level in force at the instant and starts the decided one; part of the decision's transaction. */
export async function setLevel(
  db: LedgerTransaction,
  clock: Clock,
  actor: Actor,
  input: { interactionType: string; level: OversightLevel; effectiveAt: string; decisionId: string },
): Promise<void> {
  const { interactionType, level, effectiveAt, decisionId } = input
  const wrote: Wrote[] = []
  const ended = await db
    .updateTable('level_intervals')
    .set({ effective_to: effectiveAt })
    .where('interaction_type', '=', interactionType)
    .where('effective_to', 'is', null)
    .returningAll()
    .executeTakeFirst()
  if (ended !== undefined) wrote.push(['level_intervals', ended.interval_id])
  const intervalId = clock.newId()
  await db
    .insertInto('level_intervals')
    .values({
      interval_id: intervalId,
      interaction_type: interactionType,
      oversight_level: level,
      effective_from: effectiveAt,
      effective_to: null,
      decision_id: decisionId,
    })
    .execute()
  wrote.push(['level_intervals', intervalId])
  await recordEvent(
    db,
    clock,
    actor,
    {
      action: 'level-changed',
      object: { type: 'interaction_type', id: interactionType },
      data: { decisionId, fromLevel: ended?.oversight_level ?? null, toLevel: level, effectiveFrom: effectiveAt },
    },
    ...wrote,
  )
}
