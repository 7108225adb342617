import { recordEvent } from '../audit/record-event.ts'
import { change } from '../ledger/change.ts'
import type { Clock } from '../ledger/clock.ts'
import type { Ledger } from '../ledger/open-ledger.ts'
import { systemActor } from '../ledger/system-actor.ts'
import { findDecisionInForce, listTypesInForce } from './decision-in-force.ts'
import { type SteppedDown, stepDown } from './step-down.ts'

/**
 * Steps every type whose newest decision has expired one level down, actor `system`. The step is a decision with a
 * validity of its own: left alone, the type goes on to the next safer level when that ends. A type that a human leads
 * already stays. Idempotent: run twice, the second run finds nothing.
 */
export async function expireDecisions(ledger: Pick<Ledger, 'db'>, clock: Clock): Promise<SteppedDown[]> {
  const now = clock.now.toISOString()
  const expired: SteppedDown[] = []
  for (const interactionType of await listTypesInForce(ledger.db)) {
    const stepped = await change(ledger, async (db) => {
      const decision = await findDecisionInForce(db, interactionType)
      if (decision === undefined || decision.valid_until > now) return undefined
      const reason = `The decision of ${decision.decided_at.slice(0, 10)} was valid until ${decision.valid_until.slice(0, 10)} and was not renewed.`
      const step = await stepDown(db, clock, { kind: 'expiry', interactionType, reason })
      if (step === undefined) return undefined
      await recordEvent(db, clock, systemActor, {
        action: 'decision-expired',
        object: { type: 'decision', id: decision.decision_id },
        data: { interactionType, followedBy: step.decisionId, expiredAt: decision.valid_until },
      })
      return step
    })
    if (stepped !== undefined) expired.push(withoutRow(stepped))
  }
  return expired
}

function withoutRow({ interactionType, decisionId, fromLevel, toLevel, reason }: SteppedDown): SteppedDown {
  return { interactionType, decisionId, fromLevel, toLevel, reason }
}
