import { monthOf } from '#models/reporting-month.ts'
import { decimalText } from '../audit/canonical-json.ts'
import { recordEvent } from '../audit/record-event.ts'
import type { TypeHistory } from '../evaluate/evaluation.ts'
import { change } from '../ledger/change.ts'
import type { Clock } from '../ledger/clock.ts'
import type { Ledger } from '../ledger/open-ledger.ts'
import { systemActor } from '../ledger/system-actor.ts'
import { checkTripWires } from './check-trip-wires.ts'
import { listTypesInForce } from './decision-in-force.ts'
import { type SteppedDown, stepDown } from './step-down.ts'
import { tripWiresInForce } from './trip-wires-in-force.ts'

/**
 * Checks every agreed trip-wire on the published numbers and steps a type down one level, actor `system`, when one
 * fires. Looks at the months since the level took effect, that month included. To be called after every publish.
 * Idempotent: a step down ends the trip-wires that caused it.
 */
export async function fireTripWires(
  ledger: Pick<Ledger, 'db'>,
  input: { histories: readonly TypeHistory[]; reportingTimeZone: string },
  clock: Clock,
): Promise<SteppedDown[]> {
  const historyOf = new Map(input.histories.map((history) => [history.interactionType, history]))
  const stepped: SteppedDown[] = []
  for (const interactionType of await listTypesInForce(ledger.db)) {
    const step = await change(ledger, async (db) => {
      const inForce = await tripWiresInForce(db, interactionType)
      if (inForce === undefined || inForce.wires.length === 0) return undefined
      const first = monthOf(inForce.since, input.reportingTimeZone)
      const months = (historyOf.get(interactionType)?.months ?? []).filter(({ month }) => month >= first)
      const fired = checkTripWires(inForce.wires, months)
      if (fired.length === 0) return undefined
      const reason = fired.map((each) => each.reason).join(' ')
      const done = await stepDown(db, clock, { kind: 'trip_wire', interactionType, reason })
      if (done === undefined) return undefined
      for (const { wire, month, value } of fired) {
        await recordEvent(db, clock, systemActor, {
          action: 'trip-wire-fired',
          object: { type: 'interaction_type', id: interactionType },
          data: {
            tripWireId: wire.id,
            decisionId: done.decisionId,
            month,
            metric: wire.metric,
            threshold: decimalText(wire.threshold) ?? '',
            value: decimalText(value) ?? '',
          },
        })
      }
      return done
    })
    if (step === undefined) continue
    const { decisionId, fromLevel, toLevel, reason } = step
    stepped.push({ interactionType, decisionId, fromLevel, toLevel, reason })
  }
  return stepped
}
