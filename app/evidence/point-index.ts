import type { Cohort, CsatScale, MetricId, MetricPoint } from '#models/metrics.ts'
import { type EvidenceFilter, noFilter } from './filter/evidence-filter.ts'

interface PointKey {
  month: string
  interactionType: string
  metric: MetricId
  cohort: Cohort
  scale?: CsatScale | null
}

/** The monthly metric points of a snapshot, found by what they measure. */
export interface PointIndex {
  /** Of which contacts the points are; lists behind them ask for the same. */
  filter: EvidenceFilter
  find(key: PointKey): MetricPoint | undefined
  /** Numerator of a count metric, 0 where the month has no such contacts. */
  count(key: PointKey): number
  /** true when the month has contacts and nothing of it can change any more. */
  isFinal(month: string): boolean
  /** true when the month has contacts and something of it can still change. */
  isProvisional(month: string): boolean
  /** Types with a contact in the month, by volume, largest first. */
  typesIn(month: string): string[]
  /** Version of the definition by which a metric of the month was computed; undefined without a point of it. */
  definitionVersion(metric: MetricId, interactionType: string, month: string): number | undefined
}

export function indexPoints(points: readonly MetricPoint[]): PointIndex {
  const byKey = new Map<string, MetricPoint>()
  const provisional = new Set<string>()
  const volumes = new Map<string, Map<string, number>>()
  const versions = new Map<string, number>()
  for (const point of points) {
    byKey.set(keyOf(point), point)
    versions.set(`${point.month}|${point.interactionType}|${point.metric}`, point.definitionVersion)
    if (!point.isFinal) provisional.add(point.month)
    if (point.metric === 'volume' && point.cohort === 'all' && point.numerator > 0) {
      const ofMonth = volumes.get(point.month) ?? new Map<string, number>()
      ofMonth.set(point.interactionType, point.numerator)
      volumes.set(point.month, ofMonth)
    }
  }
  const find = (key: PointKey) => byKey.get(keyOf(key))
  return {
    filter: noFilter,
    find,
    count: (key) => find(key)?.numerator ?? 0,
    isProvisional: (month) => volumes.has(month) && provisional.has(month),
    isFinal: (month) => volumes.has(month) && !provisional.has(month),
    typesIn: (month) =>
      [...(volumes.get(month) ?? [])]
        .sort(([nameA, a], [nameB, b]) => b - a || nameA.localeCompare(nameB, 'en'))
        .map(([name]) => name),
    definitionVersion: (metric, interactionType, month) => versions.get(`${month}|${interactionType}|${metric}`),
  }
}

function keyOf(key: PointKey): string {
  return `${key.month}|${key.interactionType}|${key.metric}|${key.cohort}|${key.scale ?? ''}`
}
