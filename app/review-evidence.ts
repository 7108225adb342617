import type { Kysely } from 'kysely'
import { evaluateMonth } from '#governance/evaluate/evaluate-month.ts'
import type { TypeHistory } from '#governance/evaluate/evaluation.ts'
import type { Clock } from '#governance/ledger/clock.ts'
import type { Ledger } from '#governance/ledger/open-ledger.ts'
import { listLevelsInForce } from '#governance/levels/list-levels-in-force.ts'
import { listRegisteredTypes } from '#governance/registry/list-registered-types.ts'
import { casesToFreeze } from '#governance/review/failing-cases.ts'
import { findReview, getReview, type Review } from '#governance/review/find-review.ts'
import { type FreezeOutcome, freezeEvidence } from '#governance/review/freeze-evidence.ts'
import { openReview } from '#governance/review/open-review.ts'
import { findPolicy, getPolicyOfMonth } from '#governance/review/published-policy.ts'
import { listFailingContacts } from '#models/contacts/list-failing-contacts.ts'
import { type MetricPoint, metrics } from '#models/metrics.ts'
import { listAiVersions } from '#models/monthly/list-ai-versions.ts'
import { listMajorityReviewers } from '#models/monthly/list-majority-reviewers.ts'
import { listMetricPoints } from '#models/monthly/list-metric-points.ts'
import { listMonths } from '#models/monthly/list-months.ts'
import { OversightError } from '#models/oversight-error.ts'
import { addMonths, type Month, parseMonth } from '#models/reporting-month.ts'
import { getSnapshotInfo } from '#models/warehouse/get-snapshot-info.ts'
import type { WarehouseSchema } from '#models/warehouse/warehouse-schema.ts'
import { listHistoryParts } from './evidence/history-parts.ts'
import { typeHistories } from './evidence/type-histories.ts'
import { typeStandings } from './evidence/type-standings.ts'

export interface ReviewEvidenceInput {
  ledger: Ledger
  /** The snapshot that is being served. */
  warehouse: Kysely<WarehouseSchema>
  /** YYYY-MM */
  month: string
  /** Id of the user, or 'system' for the command line. */
  by: string
  /**
   * Only this type, whose level moved. All are judged together (a gate looks at how many could expand), but what moved for
   * one is no reason to let the votes on the others lapse.
   */
  only?: string
}

/**
 * Opens the review of a month and freezes its evidence; when a run was cut off between the two, the next one goes on.
 * Throws conflict when the review is open with all its evidence, closed, or the month is not final.
 */
export async function openMonthlyReview(
  input: ReviewEvidenceInput,
  clock: Clock,
): Promise<{ review: Review; outcomes: FreezeOutcome[] }> {
  const { ledger, warehouse, by } = input
  const month = parseMonth(input.month)
  const known = await findReview(ledger, month)
  if (known === undefined || known.types.every((type) => type.recommendation !== null)) {
    const months = await listMonths(warehouse)
    if (!months.includes(month)) {
      throw new OversightError(
        'not_found',
        `No contact of ${month} is loaded. The months loaded are ${months[0] ?? 'none'} to ${months.at(-1) ?? 'none'}.`,
      )
    }
    const { reportingTimeZone } = await getSnapshotInfo(warehouse)
    const points = await listMetricPoints(warehouse, { from: month, through: month })
    await openReview(
      ledger,
      {
        month,
        interactionTypes: [...new Set(points.map((point) => point.interactionType))],
        isFinal: points.every((point) => point.isFinal),
        reportingTimeZone,
        by,
      },
      clock,
    )
  }
  const outcomes = await freezeMonthEvidence(input, clock)
  return { review: await getReview(ledger, month), outcomes }
}

/**
 * Judges the month on the snapshot and the levels in force now and freezes the evidence of the open review, again
 * after a publish: types whose numbers did not change stay as they are, the others get a new revision.
 */
export async function freezeMonthEvidence(input: ReviewEvidenceInput, clock: Clock): Promise<FreezeOutcome[]> {
  const { ledger, warehouse, by } = input
  const month = parseMonth(input.month)
  const review = await findReview(ledger, month)
  const published =
    review === undefined ? await getPolicyOfMonth(ledger.db, month) : await findPolicy(ledger.db, review.policyVersion)
  if (published === undefined) throw new OversightError('internal', `The policy of ${month} is not stored.`)
  const { policy } = published
  const [first] = await listMonths(warehouse)
  const range = { from: first ?? month, through: month }
  const snapshot = await getSnapshotInfo(warehouse)
  const points = await listMetricPoints(warehouse, range)
  const versions = await listAiVersions(warehouse, range)
  const window = { from: addMonths(month, 1 - policy.windowMonths), through: month }
  const majorityReviewers = await listMajorityReviewers(warehouse, window)
  const failed = await listFailingContacts(warehouse, window)
  const failingCases = new Map(
    [...new Set(failed.map(({ interactionType }) => interactionType))].map((interactionType) => {
      const contacts = failed.filter((contact) => contact.interactionType === interactionType)
      return [interactionType, casesToFreeze(contacts, { month, interactionType })]
    }),
  )
  const standings = typeStandings(await listRegisteredTypes(ledger), await listLevelsInForce(ledger), clock.now)
  const histories = withVanishedTypes(
    typeHistories(points, versions, await listHistoryParts(warehouse, range, policy)),
    month,
    review,
  )
  const evaluations = evaluateMonth(policy, month, histories, standings, {
    now: clock.now,
    reportingTimeZone: snapshot.reportingTimeZone,
  })
  return freezeEvidence(
    ledger,
    { month, evaluations, histories, standings, snapshot, majorityReviewers, failingCases, only: input.only, by },
    clock,
  )
}

/**
 * Unregistered types of the review that have no contact in the month any more, as a load gave them another type or
 * removed them: they are judged on no contacts instead of on those that were.
 */
function withVanishedTypes(histories: TypeHistory[], month: Month, review: Review | undefined): TypeHistory[] {
  const seen = new Set(
    histories
      .filter((history) => history.months.some((each) => each.month === month))
      .map((each) => each.interactionType),
  )
  const vanished = (review?.types ?? []).filter((type) => !type.isRegistered && !seen.has(type.interactionType))
  return vanished.reduce((all, { interactionType }) => {
    const earlier = all.find((history) => history.interactionType === interactionType)?.months ?? []
    const none = { month, points: [noContacts(interactionType, month)], aiVersions: [] }
    return [
      ...all.filter((history) => history.interactionType !== interactionType),
      { interactionType, months: [...earlier, none] },
    ]
  }, histories)
}

function noContacts(interactionType: string, month: Month): MetricPoint {
  const { definitionVersion } = metrics.volume
  const none = {
    scale: null,
    sumOfSquares: null,
    effectiveSize: null,
    lower: null,
    upper: null,
    isFinal: true,
    definitionVersion,
  }
  return { month, interactionType, metric: 'volume', cohort: 'all', numerator: 0, denominator: 0, value: 0, ...none }
}
