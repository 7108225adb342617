import { listDecisions } from '#governance/review/list-decisions.ts'
import { listChangeEvents } from '#models/change-events/list-change-events.ts'
import { OversightError } from '#models/oversight-error.ts'
import { addMonths, type Month } from '#models/reporting-month.ts'
import { listSegmentCounts } from '#models/segments/list-segment-counts.ts'
import type { EvidenceFilter } from './evidence/filter/evidence-filter.ts'
import { buildTypeView, type TypeView } from './evidence/type/type-view.ts'
import { readFilteredPoints } from './filtered-points.server.ts'
import { ledger } from './ledger.server.ts'
import { readMonthEvidence } from './month-evidence.server.ts'
import { oncePerState } from './once-per-state.server.ts'
import { currentWarehouse } from './warehouse.server.ts'

/**
 * The page of one type at a month, its numbers of the filtered contacts. Throws not_found for a type that is neither
 * registered nor in the data.
 */
export function getTypeView(
  interactionType: string,
  month: Month,
  filter: EvidenceFilter,
  now: Date,
): Promise<TypeView> {
  return oncePerState(['type', interactionType, month, JSON.stringify(filter)], now, () =>
    readTypeView(interactionType, month, filter, now),
  )
}

async function readTypeView(
  interactionType: string,
  month: Month,
  filter: EvidenceFilter,
  now: Date,
): Promise<TypeView> {
  const evidence = await readMonthEvidence(month, now)
  const history = evidence.histories.find((one) => one.interactionType === interactionType)
  const registration = evidence.registered.find((one) => one.interactionType === interactionType)
  if (history === undefined && registration === undefined) {
    throw new OversightError(
      'not_found',
      `No interaction type is called "${interactionType}". The overview lists all of them.`,
    )
  }
  const { db } = await currentWarehouse()
  const { reportingTimeZone } = evidence.snapshot
  const range = { from: evidence.months[0] ?? month, through: evidence.months.at(-1) ?? month }
  return buildTypeView({
    interactionType,
    month,
    months: evidence.months,
    points: await readFilteredPoints(evidence, filter),
    allPoints: evidence.points,
    csatChannels: evidence.csatChannels,
    policy: evidence.policy,
    evaluation: evidence.evaluations.find((one) => one.interactionType === interactionType),
    standing: evidence.standings.find((one) => one.interactionType === interactionType),
    registration,
    history,
    levels: evidence.levels,
    decisions: await listDecisions(await ledger(), { interactionType }),
    changes: await listChangeEvents(db, { ...range, reportingTimeZone, interactionType }),
    segments: await listSegmentCounts(db, {
      from: addMonths(month, 1 - evidence.policy.windowMonths),
      through: month,
      interactionType,
      kinds: ['customers'],
      contacts: filter,
    }),
    timeZone: reportingTimeZone,
  })
}
