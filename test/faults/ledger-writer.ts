import { writeSync } from 'node:fs'
import { change } from '#governance/ledger/change.ts'
import { systemClock } from '#governance/ledger/clock.ts'
import { openLedger } from '#governance/ledger/open-ledger.ts'
import { registerType } from '#governance/registry/register-type.ts'
import { insertDecision } from '#governance/review/insert-decision.ts'
import { OversightError } from '#models/oversight-error.ts'

// A process that records decisions, one type after the other, and says of each that it was acknowledged. Where the
// server of the ledger is away it says so and goes on trying.
const [location = '', keysDirectory = '', ownerId = '', signerId = '', name = '', most = ''] = process.argv.slice(2)
const ledger = await openLedger(location, { keysDirectory })

for (let count = 0; count < Number(most); count += 1) {
  const interactionType = `${name}_${count}`
  try {
    await registerType(
      ledger,
      {
        interactionType,
        area: 'orders',
        riskTier: 'low',
        ceiling: 'human_on_the_loop',
        ownerId,
        aiDoes: 'answers',
        humansDo: 'check samples',
        requiredControls: 'sampling',
        isDisclosureAttested: true,
        by: 'system',
      },
      systemClock(),
    )
    const { row } = await change(ledger, (db) =>
      insertDecision(
        db,
        systemClock(),
        { id: signerId, name: 'Anna', role: 'approver' },
        {
          kind: 'baseline',
          review_month: null,
          interaction_type: interactionType,
          proposal_id: null,
          action: 'baseline',
          from_level: null,
          to_level: 'human_in_the_loop',
          reason: 'as it is today',
          meaning: `confirmed the level of ${interactionType}`,
          evidence_sha256: null,
          policy_version: 1,
          approval_due_at: null,
          validityMonths: 6,
        },
      ),
    )
    writeSync(1, `acknowledged ${row.decision_id}\n`)
  } catch (error) {
    if (!(error instanceof OversightError) || error.code !== 'unavailable') throw error
    writeSync(1, `unavailable ${error.message}\n`)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}
await ledger.close()
