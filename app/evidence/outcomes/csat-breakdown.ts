import { formatCount, formatShare, formatShareInterval } from '#models/format-metric.ts'
import { type CsatScale, metrics } from '#models/metrics.ts'
import { manskiBounds } from '#models/statistics/manski-bounds.ts'
import type { Lead } from '../overview-lead.ts'
import { csatScaleWords, poolCounts } from '../pooled-counts.ts'
import { rowsHref } from '../rows-href.ts'
import { type Breakdown, shareWithInterval } from './breakdown.ts'
import type { OutcomeInput } from './outcome-input.ts'

const scales: readonly CsatScale[] = ['five_point', 'three_point', 'binary']
const cohorts = [
  { cohort: 'ai_participated', words: 'AI took part' },
  { cohort: 'human', words: 'people' },
] as const

/**
 * What customers say, by scale, contacts with the AI and those of people apart: how many answered, how many of them are
 * satisfied, and how low and high that could be had everybody answered.
 */
export function csatBreakdown(input: OutcomeInput): { lead: Lead; table: Breakdown } {
  const { interactionType, month, window, points } = input
  const rows = scales.flatMap((scale) =>
    cohorts.flatMap(({ cohort, words }) => {
      const key = { months: window, types: [interactionType], cohort, scale } as const
      const offered = poolCounts(points, { ...key, metric: 'csat_response_rate' }).denominator
      const { numerator: satisfied, denominator: answered } = poolCounts(points, {
        ...key,
        metric: 'csat_satisfied_rate',
      })
      if (offered === 0) return []
      const share = shareWithInterval(satisfied, answered, metrics.csat_satisfied_rate.minimumSample)
      return [
        {
          scale,
          cohort,
          words,
          offered,
          satisfied,
          answered,
          share,
          bounds: manskiBounds(satisfied, answered, offered),
        },
      ]
    }),
  )
  const href = (row: (typeof rows)[number], metric: 'csat_satisfied_rate' | 'csat_response_rate') =>
    rowsHref({
      interactionType,
      month,
      months: window.length,
      metric,
      cohort: row.cohort,
      scale: row.scale,
      part: metric === 'csat_response_rate' ? 'denominator' : 'numerator',
      filter: points.filter,
    })
  const main = rows.filter(({ cohort }) => cohort === 'ai_participated').toSorted((a, b) => b.answered - a.answered)[0]
  return {
    lead:
      main === undefined
        ? { strong: 'No survey of an AI contact was offered.', rest: '' }
        : {
            strong:
              main.share.value === null
                ? `${formatCount(main.satisfied)} of ${formatCount(main.answered)} who answered after a contact with the AI were satisfied: too few for a rate.`
                : `${main.share.text} of those who answered after a contact with the AI were satisfied (${main.share.interval}).`,
            rest: `${formatShare(main.answered / main.offered)} answered. Had everybody, it would lie between ${formatShare(main.bounds.lower)} and ${formatShare(main.bounds.upper)}: silence is no opinion.`,
          },
    table: {
      id: 'csat',
      caption: 'CSAT by scale',
      head: [
        'Scale, whose contacts',
        'Satisfied',
        '95\u202f% interval',
        'Of answers',
        'Answered of offered',
        'Had everybody answered',
      ],
      none: 'No survey was offered.',
      rows: rows.map((row) => ({
        label: `${csatScaleWords[row.scale].replace(/^./, (first) => first.toUpperCase())}, ${row.words}`,
        bar:
          row.share.value === null
            ? null
            : {
                value: row.share.value,
                interval:
                  row.share.lower === null || row.share.upper === null
                    ? null
                    : { lower: row.share.lower, upper: row.share.upper },
                bounds: row.bounds,
              },
        cells: [
          { text: row.share.text, href: null },
          { text: row.share.interval, href: null },
          {
            text: `${formatCount(row.satisfied)} of ${formatCount(row.answered)}`,
            href: href(row, 'csat_satisfied_rate'),
          },
          {
            text: `${formatCount(row.answered)} of ${formatCount(row.offered)}, ${formatShare(row.answered / row.offered)}`,
            href: href(row, 'csat_response_rate'),
          },
          { text: `${formatShareInterval(row.bounds.lower, row.bounds.upper)}\u202f%`, href: null },
        ],
      })),
      facts: {
        columns: [
          'scale',
          'cohort',
          'offered',
          'answered',
          'satisfied',
          'satisfied_rate',
          'lower',
          'upper',
          'worst_case',
          'best_case',
        ],
        rows: rows.map((row) => [
          row.scale,
          row.cohort,
          row.offered,
          row.answered,
          row.satisfied,
          row.share.value,
          row.share.lower,
          row.share.upper,
          row.bounds.lower,
          row.bounds.upper,
        ]),
      },
    },
  }
}
