import { formatCount, formatDifferenceNumber, formatShare, formatShareInterval } from '#models/format-metric.ts'
import { type MetricId, metrics } from '#models/metrics.ts'
import { noAiContact } from '../no-ai-contact.ts'
import type { Lead } from '../overview-lead.ts'
import { poolCounts } from '../pooled-counts.ts'
import { rowsHref } from '../rows-href.ts'
import { type Breakdown, shareWithInterval } from './breakdown.ts'
import type { OutcomeInput } from './outcome-input.ts'

/** From what is claimed down to what holds, and what is lost on the way. */
const steps = [
  'claimed_resolution_rate',
  'contained_resolution_rate',
  'confirmed_resolution_rate',
  'durable_resolution_rate',
  'resolution_gap',
] as const satisfies readonly MetricId[]

/** Claimed, contained, confirmed, durable, and the gap between the first and the last: AI contacts of the window. */
export function resolutionLadder(input: OutcomeInput): { lead: Lead; table: Breakdown } {
  const { interactionType, month, window, points } = input
  const cohort = 'ai_participated'
  const counted = steps.map((metric) => {
    const counts = poolCounts(points, { months: window, types: [interactionType], metric, cohort })
    return { metric, ...counts, share: shareWithInterval(counts.numerator, counts.denominator) }
  })
  const measured = counted.filter(({ denominator }) => denominator > 0)
  return {
    lead: leadOf(input, counted),
    table: {
      id: 'resolution-ladder',
      caption: `How resolved, ${input.windowText}`,
      head: ['Step', 'Share', '95\u202f% interval', 'Contacts'],
      none: `${noAiContact(points, { interactionType, months: window }) ?? 'No mature AI contact has both a claim and a known customer'}.`,
      rows: measured.map(({ metric, numerator, denominator, share }) => ({
        label: metrics[metric].label,
        bar: share.value === null ? null : { value: share.value, interval: intervalOf(share), bounds: null },
        cells: [
          { text: share.text, href: null },
          { text: share.interval, href: null },
          {
            text: `${formatCount(numerator)} of ${formatCount(denominator)}`,
            href: rowsHref({
              interactionType,
              month,
              months: window.length,
              metric,
              cohort,
              part: 'numerator',
              filter: points.filter,
            }),
          },
        ],
      })),
      facts: {
        columns: ['metric', 'numerator', 'denominator', 'value', 'lower', 'upper', 'is_final'],
        rows: counted.map(({ metric, numerator, denominator, share, isFinal }) => [
          metric,
          numerator,
          denominator,
          share.value,
          share.lower,
          share.upper,
          isFinal,
        ]),
      },
    },
  }
}

type Counted = {
  metric: MetricId
  numerator: number
  denominator: number
  share: ReturnType<typeof shareWithInterval>
}

function leadOf({ windowText, window, points, interactionType }: OutcomeInput, counted: readonly Counted[]): Lead {
  const of = (metric: MetricId) => counted.find((one) => one.metric === metric)
  const [claimed, durable, gap] = [of('claimed_resolution_rate'), of('durable_resolution_rate'), of('resolution_gap')]
  if (claimed === undefined || claimed.denominator === 0) {
    return {
      strong: 'Whether problems were resolved cannot be said.',
      rest: `${noAiContact(points, { interactionType, months: window }) ?? 'No mature AI contact of these months has both a claim of its source and a known customer'}.`,
    }
  }
  if (claimed.share.value === null || durable?.share.value == null || gap?.share.value == null) {
    return {
      strong: `${formatCount(durable?.numerator ?? 0)} of ${formatCount(claimed.denominator)} contacts hold as resolved.`,
      rest: `Too few in ${windowText} for a rate.`,
    }
  }
  const alone = window.reduce(
    (all, at) => all + points.count({ interactionType, month: at, metric: 'volume', cohort: 'ai' }),
    0,
  )
  if (alone === 0 && durable.numerator === 0) {
    return {
      strong: `${formatShare(claimed.share.value)} are claimed as resolved, each with a person's help.`,
      rest: `The AI sent nothing alone in ${windowText}, so nothing could be resolved durably without a person.`,
    }
  }
  return {
    strong: `${formatShare(claimed.share.value)} are claimed as resolved, ${formatShare(durable.share.value)} stay so: a gap of ${formatDifferenceNumber(gap.share.value).replace('+', '')} points.`,
    rest: `${formatCount(gap.numerator)} claims of ${windowText} did not hold (${formatShareInterval(gap.share.lower ?? 0, gap.share.upper ?? 0)}\u202f% of contacts): a person had to help, the customer came back within 48 h, a review failed it, or the customer was unhappy.`,
  }
}

function intervalOf({ lower, upper }: { lower: number | null; upper: number | null }) {
  return lower === null || upper === null ? null : { lower, upper }
}
