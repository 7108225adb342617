import { formatCount } from '#models/format-metric.ts'
import type { SegmentCounts } from '#models/segments/list-segment-counts.ts'
import { capital } from '../breakdown-words.ts'
import { rowsHref } from '../rows-href.ts'
import { type Breakdown, shareWithInterval } from './breakdown.ts'
import type { OutcomeInput } from './outcome-input.ts'

type Kind = 'channel' | 'language'

/** Error rates by channel and by language of AI contacts, the most reviewed first; all bars on one scale. */
export function segmentBreakdowns(input: OutcomeInput, counts: readonly SegmentCounts[]): Breakdown[] {
  const parts = (['channel', 'language'] as const).map((kind) => ({ kind, rows: segmentRows(counts, kind) }))
  const scale = Math.max(...parts.flatMap(({ rows }) => rows.map(({ share }) => share.upper ?? 0)), 0.01)
  return parts.map(({ kind, rows }) => segmentBreakdown(input, kind, rows, scale))
}

type SegmentErrors = ReturnType<typeof segmentRows>[number]

function segmentRows(counts: readonly SegmentCounts[], kind: Kind) {
  const own = counts.filter((count) => count.kind === kind)
  return [...new Set(own.map(({ segment }) => segment))]
    .map((segment) => {
      const of = own.filter((count) => count.segment === segment)
      const sum = (what: 'contacts' | 'reviewed' | 'errors') => of.reduce((all, one) => all + one[what], 0)
      const [errors, reviewed] = [sum('errors'), sum('reviewed')]
      return { segment, contacts: sum('contacts'), errors, reviewed, share: shareWithInterval(errors, reviewed) }
    })
    .sort((a, b) => b.reviewed - a.reviewed || a.segment.localeCompare(b.segment, 'en'))
}

function segmentBreakdown(input: OutcomeInput, kind: Kind, rows: readonly SegmentErrors[], scale: number): Breakdown {
  const { interactionType, month, window, points } = input
  const href = (segment: string) => {
    const rowsOf = {
      interactionType,
      month,
      months: window.length,
      metric: 'ai_error_rate',
      cohort: 'ai_participated',
      part: 'denominator',
    } as const
    return kind === 'channel'
      ? rowsHref({ ...rowsOf, filter: { ...points.filter, channel: segment } })
      : rowsHref({ ...rowsOf, filter: points.filter, detail: { language: segment } })
  }
  return {
    id: kind === 'channel' ? 'channels' : 'languages',
    caption: kind === 'channel' ? 'Error rate by channel' : 'Error rate by language',
    head: [capital(kind), 'Error rate', '95\u202f% interval', 'Errors of reviews', 'AI contacts'],
    none: 'No AI contact.',
    rows: rows.map(({ segment, contacts, errors, reviewed, share }) => ({
      label: segment === 'unknown' ? `${capital(kind)} unknown` : kind === 'channel' ? capital(segment) : segment,
      bar:
        share.value === null || share.lower === null || share.upper === null
          ? null
          : {
              value: share.value / scale,
              interval: { lower: share.lower / scale, upper: share.upper / scale },
              bounds: null,
            },
      cells: [
        { text: share.text, href: null },
        { text: share.interval, href: null },
        { text: `${formatCount(errors)} of ${formatCount(reviewed)}`, href: reviewed === 0 ? null : href(segment) },
        { text: formatCount(contacts), href: null },
      ],
    })),
    facts: {
      columns: [kind, 'contacts', 'reviewed', 'errors', 'error_rate', 'lower', 'upper'],
      rows: rows.map(({ segment, contacts, reviewed, errors, share }) => [
        segment,
        contacts,
        reviewed,
        errors,
        share.value,
        share.lower,
        share.upper,
      ]),
    },
  }
}

/** Where the error rate stands out, in a sentence: intervals that do not touch the one of all the others together. */
export function segmentLead(tables: readonly Breakdown[]): string {
  const named = tables.flatMap((table) =>
    table.facts.rows.flatMap(([segment, , reviewed, errors, value, lower]) => {
      const sum = (index: number) => table.facts.rows.reduce((all, row) => all + Number(row[index] ?? 0), 0)
      const others = shareWithInterval(sum(3) - Number(errors), sum(2) - Number(reviewed))
      return value !== null && lower !== null && others.upper !== null && Number(lower) > others.upper
        ? [`${segment} (${table.head[0]?.toLowerCase()})`]
        : []
    }),
  )
  return named.length === 0
    ? 'No channel and no language stands out beyond chance.'
    : `The error rate stands out in ${named.join(' and ')}.`
}
