import type { SegmentCounts, TypeHistory, TypeMonth } from '#governance/evaluate/evaluation.ts'
import type { MetricPoint } from '#models/metrics.ts'
import type { HistoryParts } from './history-parts.ts'

interface AiVersionCount {
  month: string
  interactionType: string
  aiVersion: string
  contactCount: number
}

interface MutableMonth {
  month: string
  points: MetricPoint[]
  aiVersions: { aiVersion: string; contactCount: number }[]
  pairs?: NonNullable<TypeMonth['pairs']>
  dispersions?: { metric: MetricPoint['metric']; chiSquare: number; degreesOfFreedom: number }[]
  strata?: NonNullable<TypeMonth['strata']>
  segments?: NonNullable<TypeMonth['segments']>
  csatChannels?: NonNullable<TypeMonth['csatChannels']>
}

/** The points of a snapshot as the rules take them: by type, then by month, oldest first. */
export function typeHistories(
  points: readonly MetricPoint[],
  versions: readonly AiVersionCount[],
  parts: HistoryParts = { pairs: [], dispersions: [], strata: [], segments: [], csatChannels: [] },
): TypeHistory[] {
  const types = new Map<string, Map<string, MutableMonth>>()
  const monthOf = (interactionType: string, month: string): MutableMonth => {
    const months = types.get(interactionType) ?? new Map<string, MutableMonth>()
    types.set(interactionType, months)
    const found = months.get(month) ?? { month, points: [], aiVersions: [] }
    months.set(month, found)
    return found
  }
  for (const point of points) monthOf(point.interactionType, point.month).points.push(point)
  for (const { interactionType, month, aiVersion, contactCount } of versions) {
    monthOf(interactionType, month).aiVersions.push({ aiVersion, contactCount })
  }
  for (const { interactionType, month, ...pairs } of parts.pairs) monthOf(interactionType, month).pairs = pairs
  for (const { interactionType, month, ...dispersion } of parts.dispersions) {
    const of = monthOf(interactionType, month)
    of.dispersions = [...(of.dispersions ?? []), dispersion]
  }
  for (const { interactionType, month, ...stratum } of parts.strata) {
    const of = monthOf(interactionType, month)
    of.strata = [...(of.strata ?? []), stratum]
  }
  for (const { interactionType, month, kind: _kind, ...counts } of parts.segments) {
    const of = monthOf(interactionType, month)
    of.segments = [...(of.segments ?? []), counts as SegmentCounts]
  }
  for (const { interactionType, month, ...counts } of parts.csatChannels) {
    const of = monthOf(interactionType, month)
    of.csatChannels = [...(of.csatChannels ?? []), counts]
  }
  return [...types].map(([interactionType, months]) => ({
    interactionType,
    months: [...months.values()].sort((a, b) => a.month.localeCompare(b.month)),
  }))
}
