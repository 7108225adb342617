import { monthSpan } from '#governance/evaluate/sentences.ts'
import type { ChainLengthCount } from '#models/contacts/list-chain-lengths.ts'
import type { ReturnCount } from '#models/contacts/list-returns.ts'
import type { DefectCount } from '#models/defects/list-defect-counts.ts'
import type { EscalationReasonCount } from '#models/escalations/list-escalation-reasons.ts'
import { type Month, monthsEndingWith } from '#models/reporting-month.ts'
import type { SegmentCounts } from '#models/segments/list-segment-counts.ts'
import { noAiContact } from '../no-ai-contact.ts'
import type { Lead } from '../overview-lead.ts'
import type { PointIndex } from '../point-index.ts'
import { poolCounts } from '../pooled-counts.ts'
import type { Chart } from '../type/chart-view.ts'
import type { ChartAnnotations } from '../type/control-chart-views.ts'
import type { Breakdown } from './breakdown.ts'
import { chainBreakdown } from './chain-breakdown.ts'
import { csatBreakdown } from './csat-breakdown.ts'
import { defectLead, defectPareto } from './defect-pareto.ts'
import { escalationBreakdown } from './escalation-breakdown.ts'
import { resolutionChart } from './resolution-chart.ts'
import { resolutionLadder } from './resolution-ladder.ts'
import { returnBreakdown } from './return-breakdown.ts'
import { segmentBreakdowns, segmentLead } from './segment-breakdown.ts'

/** One question about a type: its answer in a sentence, then the numbers it rests on. */
interface OutcomeSection {
  id: string
  heading: string
  lead: Lead
  chart: Chart | null
  tables: readonly Breakdown[]
  /** Its parts are narrow enough to stand beside each other. */
  isBeside: boolean
  /** What it rests on could not be read; absent where it could. */
  failedAt?: Date | undefined
}

export interface OutcomesView {
  interactionType: string
  month: Month
  windowText: string
  sections: readonly OutcomeSection[]
}

interface OutcomesInput {
  interactionType: string
  month: Month
  windowMonths: number
  /** Months drawn, oldest first. */
  months: readonly Month[]
  points: PointIndex
  annotations: ChartAnnotations
  defects: readonly DefectCount[]
  reasons: readonly EscalationReasonCount[]
  chains: readonly ChainLengthCount[]
  returns: readonly ReturnCount[]
  segments: readonly SegmentCounts[]
}

/** What became of the contacts of a type: resolved or not, what went wrong, handed over, came back, satisfied. Pure. */
export function buildOutcomes(given: OutcomesInput): OutcomesView {
  const { interactionType, month, points, defects, segments } = given
  const window = monthsEndingWith(month, given.windowMonths)
  const input = { interactionType, month, window, windowText: monthSpan(window), points }
  const ladder = resolutionLadder(input)
  const escalations = escalationBreakdown(input, given.reasons)
  const chains = chainBreakdown(input, given.chains)
  const csat = csatBreakdown(input)
  const reviewed = poolCounts(points, {
    months: window,
    types: [interactionType],
    metric: 'ai_error_rate',
    cohort: 'ai_participated',
  }).denominator
  const where = segmentBreakdowns(input, segments)
  return {
    interactionType,
    month,
    windowText: input.windowText,
    sections: [
      {
        id: 'resolved',
        heading: 'Was it resolved?',
        lead: ladder.lead,
        chart: resolutionChart(given),
        tables: [ladder.table],
        isBeside: true,
      },
      {
        id: 'wrong',
        heading: 'What goes wrong?',
        lead: defectLead(defects, reviewed, noAiContact(points, { interactionType, months: window })),
        chart: null,
        tables: [defectPareto(input, defects, 'random'), defectPareto(input, defects, 'targeted')],
        isBeside: false,
      },
      {
        id: 'where',
        heading: 'Where does it go wrong?',
        lead: { strong: segmentLead(where), rest: 'Random reviews; a rate is shown from 30 of them.' },
        chart: null,
        tables: where,
        isBeside: true,
      },
      {
        id: 'handed-over',
        heading: 'Why did the AI hand over?',
        lead: escalations.lead,
        chart: null,
        tables: [escalations.table],
        isBeside: false,
      },
      {
        id: 'came-back',
        heading: 'Who had to come back?',
        lead: chains.lead,
        chart: null,
        tables: [chains.table, returnBreakdown(input, given.returns)],
        isBeside: false,
      },
      {
        id: 'said',
        heading: 'What do customers say?',
        lead: csat.lead,
        chart: null,
        tables: [csat.table],
        isBeside: false,
      },
    ],
  }
}
