import type { DefectClass } from '#models/contract/qa-review.ts'
import { formatCount, formatShare, formatShareInterval } from '#models/format-metric.ts'
import type { MetricId } from '#models/metrics.ts'
import { wilsonInterval } from '#models/statistics/wilson.ts'
import type { WeeklyCountsTable } from '#models/warehouse/warehouse-schema.ts'
import type { EvidenceFilter } from '../filter/evidence-filter.ts'
import { rowsHref } from '../rows-href.ts'
import { weekDays } from './strip-weeks.ts'

/** One measure by week: what the weekly meeting looks at. */
export interface WeeklyMeasure {
  metric: MetricId
  title: string
  /** Of what the share is. */
  of: string
  /** Where the axis ends, at or over the highest value drawn: whole per cents, as 0..1. */
  through: number
  weeks: readonly WeekPoint[]
}

interface WeekPoint {
  /** Monday, YYYY-MM-DD. */
  week: string
  /** null under 30 cases or without one. */
  value: number | null
  lower: number | null
  upper: number | null
  numerator: number
  denominator: number
  text: string
  /** Where the contacts counted are listed; null where there are none. */
  href: string | null
}

export interface WeeklyStrip {
  measures: readonly WeeklyMeasure[]
  /** Defects of the random sample by class, whole strip. */
  defects: readonly { name: string; total: number; weeks: readonly { count: number; href: string | null }[] }[]
  weeks: readonly string[]
  summary: string
}

type Counts = Omit<WeeklyCountsTable, 'week_start' | 'interaction_type'>
type Count = keyof Counts

const measures: readonly {
  metric: MetricId
  title: string
  of: string
  numerator: Count
  denominator: Count
  less?: Count
  minimum: number
}[] = [
  {
    metric: 'ai_error_rate',
    title: 'Errors',
    of: 'random reviews',
    numerator: 'error_count',
    denominator: 'random_reviewed_count',
    minimum: 30,
  },
  {
    metric: 'tone_defect_rate',
    title: 'Tone defects',
    of: 'random reviews',
    numerator: 'defect_tone_mismatch_count',
    denominator: 'random_reviewed_count',
    minimum: 30,
  },
  {
    metric: 'escalation_rate',
    title: 'Escalations',
    of: 'AI contacts',
    numerator: 'escalated_count',
    denominator: 'contact_count',
    minimum: 30,
  },
  {
    metric: 'unresolved_rate',
    title: 'Left unresolved',
    of: 'AI contacts with a claim',
    numerator: 'unresolved_count',
    denominator: 'claim_given_count',
    minimum: 30,
  },
]

const defectClasses: readonly { name: string; defect: DefectClass; count: Count }[] = [
  { name: 'hallucination', defect: 'hallucination', count: 'defect_hallucination_count' },
  { name: 'policy misapplied', defect: 'policy_misapplication', count: 'defect_policy_misapplication_count' },
  { name: 'tone mismatch', defect: 'tone_mismatch', count: 'defect_tone_mismatch_count' },
  { name: 'incomplete resolution', defect: 'incomplete_resolution', count: 'defect_incomplete_resolution_count' },
  { name: 'other', defect: 'other', count: 'defect_other_count' },
]

/**
 * The weeks given, added up; null without a contact in any of them. `types`: chosen by the filter's area; null: all that
 * have contacts in these weeks, as the lists behind the numbers hold them.
 */
export function weeklyStrip(
  rows: readonly (Counts & { week_start: string; interaction_type: string })[],
  { types, month, filter }: { types: readonly string[] | null; month: string; filter: EvidenceFilter },
): WeeklyStrip | null {
  const weeks = [...new Set(rows.map(({ week_start }) => week_start.slice(0, 10)))].sort()
  const own = rows.filter(({ interaction_type }) => types === null || types.includes(interaction_type))
  if (own.length === 0) return null
  const total = (week: string, count: Count) =>
    own.reduce((sum, row) => (row.week_start.slice(0, 10) === week ? sum + Number(row[count]) : sum), 0)
  const rowsOf = (week: string) =>
    ({
      interactionType: null,
      month,
      days: weekDays(week),
      cohort: 'ai_participated',
      part: 'denominator',
      filter,
    }) as const
  const built = measures.map(({ metric, title, of, numerator, denominator, minimum }): WeeklyMeasure => {
    const points = weeks.map((week): WeekPoint => {
      const [k, n] = [total(week, numerator), total(week, denominator)]
      const isShown = n >= minimum
      const { lower, upper } = isShown ? wilsonInterval(k, n) : { lower: null, upper: null }
      const counted = `${formatCount(k)} of ${formatCount(n)}`
      return {
        week,
        value: isShown ? k / n : null,
        lower,
        upper,
        numerator: k,
        denominator: n,
        href: n === 0 ? null : rowsHref({ ...rowsOf(week), metric }),
        text:
          lower === null || upper === null
            ? `${counted}: a rate is shown from ${minimum}`
            : `${formatShare(k / n)} (${formatShareInterval(lower, upper)}), ${counted}`,
      }
    })
    return {
      metric,
      title,
      of,
      through: Math.min(Math.ceil(Math.max(...points.map(({ upper }) => upper ?? 0), 0.01) * 100 - 1e-9), 100) / 100,
      weeks: points,
    }
  })
  const defects = defectClasses.map(({ name, defect, count }) => {
    const counted = weeks.map((week) => ({ week, count: total(week, count) }))
    return {
      name,
      total: counted.reduce((sum, one) => sum + one.count, 0),
      weeks: counted.map(({ week, count }) => ({
        count,
        href: count === 0 ? null : rowsHref({ ...rowsOf(week), metric: 'ai_error_rate', detail: { defect } }),
      })),
    }
  })
  const most = defects.toSorted((a, b) => b.total - a.total)[0]
  return {
    measures: built,
    defects,
    weeks,
    summary:
      most === undefined || most.total === 0
        ? 'No defect was found in the random reviews of these weeks.'
        : `Most defects found in random reviews are of the class ${most.name}: ${formatCount(most.total)} of ${formatCount(defects.reduce((sum, one) => sum + one.total, 0))}.`,
  }
}
