import type { Cohort, MetricPoint } from '#models/metrics.ts'

/** Contacts of a cohort in a month. */
type Volumes = ReadonlyMap<string, number>

/**
 * The points of one type without those of a part of its AI contacts that is all of them: where a person approves every
 * answer, "AI assisted" would repeat each chart of "AI contacts", and each signal would count twice.
 */
export function distinctCohorts(points: readonly MetricPoint[]): readonly MetricPoint[] {
  const volumesOf = (cohort: Cohort): Volumes =>
    new Map(
      points.flatMap((point) =>
        point.metric === 'volume' && point.cohort === cohort && point.value !== null
          ? [[point.month, point.value]]
          : [],
      ),
    )
  const all = volumesOf('ai_participated')
  const isAll = (part: Volumes) => [...all].every(([month, count]) => (part.get(month) ?? 0) === count)
  if (!isAll(volumesOf('ai')) && !isAll(volumesOf('ai_assisted'))) return points
  return points.filter(({ cohort }) => cohort !== 'ai' && cohort !== 'ai_assisted')
}
