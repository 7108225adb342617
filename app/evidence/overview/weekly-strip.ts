import { formatCount, formatShare, formatShareInterval } from '#models/format-metric.ts'
import { wilsonInterval } from '#models/statistics/wilson.ts'
import type { WeeklyCountsTable } from '#models/warehouse/warehouse-schema.ts'

/** One measure by week: what the weekly meeting looks at. */
export interface WeeklyMeasure {
  id: string
  title: string
  /** Of what the share is. */
  of: string
  /** Highest value drawn, 0..1. */
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
}

export interface WeeklyStrip {
  measures: readonly WeeklyMeasure[]
  /** Defects of the random sample by class, whole strip. */
  defects: readonly { name: string; counts: readonly number[]; total: number }[]
  weeks: readonly string[]
  summary: string
}

type Counts = Omit<WeeklyCountsTable, 'week_start' | 'interaction_type'>
type Count = keyof Counts

const measures: readonly {
  id: string
  title: string
  of: string
  numerator: Count
  denominator: Count
  less?: Count
  minimum: number
}[] = [
  {
    id: 'errors',
    title: 'Errors',
    of: 'random reviews',
    numerator: 'error_count',
    denominator: 'random_reviewed_count',
    minimum: 30,
  },
  {
    id: 'tone',
    title: 'Tone defects',
    of: 'random reviews',
    numerator: 'defect_tone_mismatch_count',
    denominator: 'random_reviewed_count',
    minimum: 30,
  },
  {
    id: 'escalations',
    title: 'Escalations',
    of: 'AI contacts',
    numerator: 'escalated_count',
    denominator: 'contact_count',
    minimum: 30,
  },
  {
    id: 'unresolved',
    title: 'Left unresolved',
    of: 'AI contacts with a claim',
    numerator: 'unresolved_count',
    denominator: 'claim_given_count',
    minimum: 30,
  },
]

const defectClasses: readonly { name: string; count: Count }[] = [
  { name: 'hallucination', count: 'defect_hallucination_count' },
  { name: 'policy misapplied', count: 'defect_policy_misapplication_count' },
  { name: 'tone mismatch', count: 'defect_tone_mismatch_count' },
  { name: 'incomplete resolution', count: 'defect_incomplete_resolution_count' },
  { name: 'other', count: 'defect_other_count' },
]

/** The weeks given, of the types given, added up; null without a contact in any of them. */
export function weeklyStrip(
  rows: readonly (Counts & { week_start: string; interaction_type: string })[],
  types: readonly string[],
): WeeklyStrip | null {
  const weeks = [...new Set(rows.map(({ week_start }) => week_start.slice(0, 10)))].sort()
  const own = rows.filter(({ interaction_type }) => types.includes(interaction_type))
  if (own.length === 0) return null
  const total = (week: string, count: Count) =>
    own.reduce((sum, row) => (row.week_start.slice(0, 10) === week ? sum + Number(row[count]) : sum), 0)
  const built = measures.map(({ id, title, of, numerator, denominator, minimum }): WeeklyMeasure => {
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
        text:
          lower === null || upper === null
            ? `${counted}: a rate is shown from ${minimum}`
            : `${formatShare(k / n)} (${formatShareInterval(lower, upper)}), ${counted}`,
      }
    })
    return {
      id,
      title,
      of,
      through: Math.min(Math.max(...points.map(({ upper }) => upper ?? 0), 0.01), 1),
      weeks: points,
    }
  })
  const defects = defectClasses.map(({ name, count }) => {
    const counts = weeks.map((week) => total(week, count))
    return { name, counts, total: counts.reduce((sum, one) => sum + one, 0) }
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
