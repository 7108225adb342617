import { evaluateMonth } from '#governance/evaluate/evaluate-month.ts'
import type { TypeEvaluation, TypeHistory, TypeStanding } from '#governance/evaluate/evaluation.ts'
import { listLevelsInForce } from '#governance/levels/list-levels-in-force.ts'
import type { Policy } from '#governance/policy/policy.ts'
import { listRegisteredTypes } from '#governance/registry/list-registered-types.ts'
import type { RegisteredType } from '#governance/registry/registered-type.ts'
import { findJudgedReview, type Review } from '#governance/review/find-review.ts'
import { getPolicyOfMonth } from '#governance/review/published-policy.ts'
import { listCsatChannels, type MonthCsatChannel } from '#models/daily/list-csat-channels.ts'
import { formatMonth } from '#models/format-metric.ts'
import { listAiVersions } from '#models/monthly/list-ai-versions.ts'
import { listMetricPoints } from '#models/monthly/list-metric-points.ts'
import { listMonths } from '#models/monthly/list-months.ts'
import { OversightError } from '#models/oversight-error.ts'
import type { Month } from '#models/reporting-month.ts'
import { getSnapshotInfo, type SnapshotInfo } from '#models/warehouse/get-snapshot-info.ts'
import type { LevelsInForceTable } from '#models/warehouse/warehouse-schema.ts'
import { listHistoryParts } from './evidence/history-parts.ts'
import { indexPoints, type PointIndex } from './evidence/point-index.ts'
import { typeHistories } from './evidence/type-histories.ts'
import { typeStandings } from './evidence/type-standings.ts'
import { ledger } from './ledger.server.ts'
import { oncePerState } from './once-per-state.server.ts'
import { oncePerSnapshot } from './warehouse.server.ts'

/** Everything that pages of evidence read: the snapshot's numbers up to the newest month, and what governance knows. */
export interface MonthEvidence {
  snapshot: SnapshotInfo
  month: Month
  /** Every month of the snapshot, oldest first. */
  months: readonly Month[]
  points: PointIndex
  /** CSAT answers by channel, of every type and month. */
  csatChannels: readonly MonthCsatChannel[]
  histories: readonly TypeHistory[]
  registered: readonly RegisteredType[]
  levels: readonly LevelsInForceTable[]
  standings: readonly TypeStanding[]
  policy: Policy
  /** undefined when none was opened. */
  review: Review | undefined
  /** As frozen for the review where it was; else judged now, by the levels in force now and the policy of the month. */
  evaluations: readonly TypeEvaluation[]
}

/** Reads and judges one month. Throws not_found before the first load and for a month without a contact. */
export function readMonthEvidence(month: Month, now: Date): Promise<MonthEvidence> {
  return oncePerState(['evidence', month], now, () => judgeMonth(month, now))
}

async function judgeMonth(month: Month, now: Date): Promise<MonthEvidence> {
  const months = await oncePerSnapshot('months', ({ db }) => listMonths(db))
  const governance = await ledger()
  if (!months.includes(month)) throw noContacts(month, months)
  const range = { from: months[0] ?? month, through: months.at(-1) ?? month }
  const [snapshot, { metricPoints, points }, csatChannels, aiVersions, registered, levels, published, judged] =
    await Promise.all([
      oncePerSnapshot('snapshot info', ({ db }) => getSnapshotInfo(db)),
      oncePerSnapshot('metric points', async ({ db }) => {
        const metricPoints = await listMetricPoints(db, range)
        return { metricPoints, points: indexPoints(metricPoints) }
      }),
      oncePerSnapshot('CSAT channels', ({ db }) => listCsatChannels(db, range)),
      oncePerSnapshot('AI versions', ({ db }) => listAiVersions(db, range)),
      // What people decide shows with the next request: nothing of the ledger is kept.
      listRegisteredTypes(governance),
      listLevelsInForce(governance),
      getPolicyOfMonth(governance.db, month),
      // The same for everybody, so votes on what is undecided are hidden as they are from who has not voted.
      findJudgedReview(governance, month, ''),
    ])
  const standings = typeStandings(registered, levels, now)
  const { policy } = published
  const histories = await oncePerSnapshot(`histories for policy ${published.contentSha256}`, async ({ db }) =>
    typeHistories(metricPoints, aiVersions, await listHistoryParts(db, range, policy)),
  )
  const context = { now, reportingTimeZone: snapshot.reportingTimeZone }
  // What the rules said when the evidence was frozen is what was decided on, whatever was loaded since.
  const evaluations = evaluateMonth(policy, month, histories, standings, context).map(
    (evaluation) => judged?.evaluations.get(evaluation.interactionType) ?? evaluation,
  )
  return {
    snapshot,
    month,
    months,
    points,
    csatChannels,
    histories,
    registered,
    levels,
    standings,
    policy,
    review: judged?.review,
    evaluations,
  }
}

function noContacts(month: Month, months: readonly Month[]): OversightError {
  const [first, last] = [months[0], months.at(-1)]
  const loaded =
    first === undefined || last === undefined
      ? 'None are.'
      : `${formatMonth(first)} to ${formatMonth(last)} are loaded.`
  return new OversightError(
    'not_found',
    `No contacts of ${formatMonth(month)} are loaded. ${loaded} Choose another month above.`,
  )
}
