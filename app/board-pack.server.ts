import { listCheckpoints } from '#governance/audit/list-checkpoints.ts'
import { getPolicyOfMonth } from '#governance/review/published-policy.ts'
import { listLoads } from '#models/loads/list-loads.ts'
import { addMonths, type Month } from '#models/reporting-month.ts'
import { listRestatements } from '#models/restatements/list-restatements.ts'
import {
  type BoardPackDecisions,
  type PackState,
  packAsOf,
  packDecisions,
  packState,
  type TrustStatement,
  trustStatements,
} from './board-pack/board-pack-view.ts'
import { getDecisionRegister } from './decisions.server.ts'
import { finalOn } from './evidence/final-on.ts'
import { ledger } from './ledger.server.ts'
import { readMonthEvidence } from './month-evidence.server.ts'
import { type OverviewPage, overviewOf } from './overview.server.ts'
import { currentWarehouse } from './warehouse.server.ts'

export interface BoardPack {
  overview: OverviewPage
  state: PackState
  asOf: string
  decisions: BoardPackDecisions
  trust: readonly TrustStatement[]
  /** The newest signed tree head; null before the first one. */
  checkpoint: { note: string; size: number } | null
  timeZone: string
}

/** Everything the pack of a month prints. Throws not_found for a month without a contact. */
export async function getBoardPack(month: Month, now: Date): Promise<BoardPack> {
  const evidence = await readMonthEvidence(month, now)
  const governance = await ledger()
  const { db } = await currentWarehouse()
  const { points, standings, policy, review, snapshot } = evidence
  const timeZone = snapshot.reportingTimeZone
  const [register, loads, restatements, checkpoints, before] = await Promise.all([
    getDecisionRegister(now),
    listLoads(db),
    listRestatements(db),
    listCheckpoints(governance, 1),
    getPolicyOfMonth(governance.db, addMonths(month, -1)).catch(() => null),
  ])
  return {
    overview: overviewOf(evidence),
    state: packState(review),
    asOf: packAsOf({ snapshot, generatedAt: now, timeZone }),
    decisions: packDecisions(register, month, timeZone),
    trust: trustStatements({
      month,
      types: points.typesIn(month),
      points,
      loads,
      standings,
      policy,
      policyBefore: before?.policy ?? null,
      restatedCount: restatements.filter(({ contactMonth }) => contactMonth.startsWith(month)).length,
      finalOn: finalOn(month, timeZone),
      timeZone,
    }),
    checkpoint: checkpoints[0] === undefined ? null : { note: checkpoints[0].note, size: checkpoints[0].size },
    timeZone,
  }
}
