import { listChainLengths } from '#models/contacts/list-chain-lengths.ts'
import { listReturns } from '#models/contacts/list-returns.ts'
import { listDefectCounts } from '#models/defects/list-defect-counts.ts'
import { listEscalationReasons } from '#models/escalations/list-escalation-reasons.ts'
import { OversightError } from '#models/oversight-error.ts'
import { addMonths, type Month, parseMonth } from '#models/reporting-month.ts'
import { listSegmentCounts } from '#models/segments/list-segment-counts.ts'
import { getChartAnnotations } from './chart-annotations.server.ts'
import { chartMonths } from './evidence/closed-months.ts'
import type { EvidenceFilter } from './evidence/filter/evidence-filter.ts'
import { buildOutcomes, type OutcomesView } from './evidence/outcomes/outcomes-view.ts'
import { readFilteredPoints } from './filtered-points.server.ts'
import { readMonthEvidence } from './month-evidence.server.ts'
import { oncePerState } from './once-per-state.server.ts'
import { type PagePart, pagePart } from './page-part.server.ts'
import { currentWarehouse } from './warehouse.server.ts'

/**
 * What became of the filtered contacts of one type in the months up to the given one. Reads contacts, which the other
 * pages of a type do not: it is a page of its own so that they stay fast. Throws not_found for a type that is neither
 * registered nor in the data.
 */
export function getOutcomes(
  interactionType: string,
  month: Month,
  filter: EvidenceFilter,
  now: Date,
): Promise<OutcomesView> {
  return oncePerState(['outcomes', interactionType, month, JSON.stringify(filter)], now, () =>
    readOutcomes(interactionType, month, filter, now),
  )
}

async function readOutcomes(
  interactionType: string,
  month: Month,
  filter: EvidenceFilter,
  now: Date,
): Promise<OutcomesView> {
  const evidence = await readMonthEvidence(month, now)
  const { policy, points, months, standings } = evidence
  if (
    !standings.some((one) => one.interactionType === interactionType) &&
    !months.some((one) => points.typesIn(one).includes(interactionType))
  ) {
    throw new OversightError(
      'not_found',
      `No interaction type is called "${interactionType}". The overview lists all of them.`,
    )
  }
  const { windowMonths } = policy
  const warehouse = await currentWarehouse()
  const { db } = warehouse
  const asked = { month, windowMonths, interactionType, contacts: filter }
  const drawn = chartMonths(months, month).map(parseMonth)
  const [annotations, defects, reasons, chains, segments] = await Promise.all([
    getChartAnnotations(interactionType, drawn),
    pagePart('defects', () => listDefectCounts(db, asked)),
    pagePart('escalation reasons', () => listEscalationReasons(warehouse, asked)),
    pagePart('repeat-contact chains', async () => ({
      chains: await listChainLengths(db, asked),
      returns: await listReturns(db, asked),
    })),
    pagePart('channels and languages', () =>
      listSegmentCounts(db, {
        from: addMonths(month, 1 - windowMonths),
        through: month,
        interactionType,
        kinds: ['channel', 'language'],
        contacts: filter,
      }),
    ),
  ])
  const parts: Readonly<Record<string, PagePart<unknown>>> = {
    wrong: defects,
    where: segments,
    'handed-over': reasons,
    'came-back': chains,
  }
  const view = buildOutcomes({
    interactionType,
    month,
    windowMonths,
    months: drawn,
    points: await readFilteredPoints(evidence, filter),
    annotations,
    defects: defects.isShown ? defects.value : [],
    reasons: reasons.isShown ? reasons.value : [],
    chains: chains.isShown ? chains.value.chains : [],
    returns: chains.isShown ? chains.value.returns : [],
    segments: segments.isShown ? segments.value : [],
  })
  return {
    ...view,
    // A section that could not be read has no table and no file: an empty one would look like nothing found.
    sections: view.sections.map((section) => {
      const part = parts[section.id]
      return part === undefined || part.isShown
        ? section
        : { ...section, chart: null, tables: [], failedAt: part.failedAt }
    }),
  }
}
