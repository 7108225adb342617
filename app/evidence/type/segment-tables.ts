import type { SegmentResult } from '#governance/evaluate/evaluation.ts'
import { segmentWords } from '#governance/evaluate/segment-words.ts'
import type { Policy } from '#governance/policy/policy.ts'
import { formatCount, formatShare, formatShareInterval } from '#models/format-metric.ts'
import { metrics } from '#models/metrics.ts'
import type { CustomerSegment } from '#models/segments/customer-segment.ts'
import type { SegmentCounts, SegmentKind } from '#models/segments/list-segment-counts.ts'
import { wilsonInterval } from '#models/statistics/wilson.ts'
import type { OversightLevel } from '#models/warehouse/warehouse-schema.ts'
import type { FactTable } from '../../exports/fact-table.ts'

export interface SegmentRow {
  name: string
  kind: SegmentKind
  contacts: string
  /** 10 of 43: errors of random reviews. */
  errors: string
  /** With its 95 % interval; null with too few reviews to state one. */
  rate: { text: string; interval: string } | null
  /** null: the policy sets none. */
  ceiling: OversightLevel | null
  /** Contacts that the AI answered alone though the ceiling asks for a person; null where there is no such ceiling. */
  overCeiling: string | null
  isFailing: boolean
}

export interface SegmentTable {
  /** Its name in addresses. */
  id: string
  caption: string
  rows: readonly SegmentRow[]
  facts: FactTable
}

interface SegmentInput {
  /** Of the type, any months; they are added up. */
  counts: readonly SegmentCounts[]
  policy: Pick<Policy, 'segments'>
  results: readonly SegmentResult[]
}

/** The customer segments of a type, then its channels and languages; a table without rows is left out. Pure. */
export function segmentTables({ counts, policy, results }: SegmentInput): SegmentTable[] {
  const declared = new Map<string, NonNullable<Policy['segments']>[number]>(
    policy.segments?.map((segment) => [segment.name, segment]) ?? [],
  )
  const row = (kind: SegmentKind, segment: string): BuiltRow => {
    const own = counts.filter((each) => each.kind === kind && each.segment === segment)
    const sum = (count: 'contacts' | 'sentAlone' | 'reviewed' | 'errors') =>
      own.reduce((all, each) => all + each[count], 0)
    const ceiling = kind === 'customers' ? (declared.get(segment)?.ceiling ?? null) : null
    const isFailing =
      kind === 'customers' && results.some((each) => each.segment === segment && each.verdict === 'failing')
    return {
      shown: {
        name: nameOf(kind, segment),
        kind,
        contacts: formatCount(sum('contacts')),
        errors: `${formatCount(sum('errors'))} of ${formatCount(sum('reviewed'))}`,
        rate: rateOf(sum('errors'), sum('reviewed')),
        ceiling,
        overCeiling: ceiling === null || ceiling === 'human_on_the_loop' ? null : formatCount(sum('sentAlone')),
        isFailing,
      },
      facts: [
        ...[kind, segment, sum('contacts'), sum('sentAlone'), sum('reviewed'), sum('errors')],
        ...[ceiling, isFailing],
      ],
    }
  }
  const seen = (kind: SegmentKind) => counts.filter((each) => each.kind === kind).map(({ segment }) => segment)
  const rows = (kind: SegmentKind, segments: readonly string[]) =>
    [...new Set(segments)].sort().map((segment) => row(kind, segment))
  return [
    tableOf('segments-customers', 'Customers', rows('customers', [...declared.keys(), ...seen('customers')])),
    tableOf('segments-channels', 'Channels and languages', [
      ...rows('channel', seen('channel')),
      ...rows('language', seen('language')),
    ]),
  ].filter((table) => table.rows.length > 0)
}

interface BuiltRow {
  shown: SegmentRow
  facts: FactTable['rows'][number]
}

const factColumns = [
  ...['kind', 'segment', 'contact_count', 'sent_alone_count', 'reviewed_count', 'error_count'],
  ...['ceiling', 'is_failing'],
]

function tableOf(id: string, caption: string, rows: readonly BuiltRow[]): SegmentTable {
  return {
    id,
    caption,
    rows: rows.map(({ shown }) => shown),
    facts: { columns: factColumns, rows: rows.map(({ facts }) => facts) },
  }
}

function rateOf(errors: number, reviewed: number): SegmentRow['rate'] {
  if (reviewed < metrics.ai_error_rate.minimumSample) return null
  const { lower, upper } = wilsonInterval(errors, reviewed)
  return { text: formatShare(errors / reviewed), interval: formatShareInterval(lower, upper) }
}

function nameOf(kind: SegmentKind, segment: string): string {
  if (kind === 'language') return segment === 'unknown' ? 'Language unknown' : segment
  const words = kind === 'customers' ? segmentWords[segment as CustomerSegment] : segment
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`
}
