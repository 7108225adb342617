import type { Cohort } from '#models/metrics.ts'
import type { PlainContact } from './plain-models.ts'
import type { World } from './random-world.ts'

/**
 * The weighted error rate of a type and month once more, in plain TypeScript, from methods.md 1.1 and 1.2: null where
 * neither frames nor unequal chances give the reviews weights of their own.
 */
export function plainWeightedRate(
  all: readonly PlainContact[],
  { month, type, cohort }: { month: string; type: string; cohort: Cohort },
  { facts }: Pick<World, 'facts'>,
): { rate: number; effectiveSize: number } | null {
  const drawn = all.filter(
    (row) =>
      row.month === month &&
      row.type === type &&
      row.drawn !== null &&
      (row.handledBy === 'ai' || row.handledBy === 'ai_assisted'),
  )
  const handlers = cohort === 'ai_participated' ? ['ai', 'ai_assisted'] : [cohort]
  const parts = [...populations(drawn, month, type, facts)].flatMap(([stratum, population]) => {
    const reviewed = drawn.filter((row) => row.stratum === stratum && row.isReviewed)
    const own = reviewed.filter((row) => handlers.includes(row.handledBy))
    if (population === 0 || own.length === 0) return []
    const errors = own.filter((row) => row.errors === true).length
    return [{ weight: (population * own.length) / reviewed.length, n: own.length, rate: errors / own.length }]
  })
  const total = parts.reduce((sum, { weight }) => sum + weight, 0)
  if (total === 0) return null
  return {
    rate: parts.reduce((sum, { weight, rate }) => sum + weight * rate, 0) / total,
    effectiveSize: total ** 2 / parts.reduce((sum, { weight, n }) => sum + weight ** 2 / n, 0),
  }
}

/** Contacts that each stratum stands for; empty where the reviews are one stratum. */
function populations(
  drawn: readonly PlainContact[],
  month: string,
  type: string,
  facts: World['facts'],
): Map<string | null, number> {
  const reviewed = (stratum: string | null) => drawn.filter((row) => row.stratum === stratum && row.isReviewed)
  const frames = (facts.sampling_frames ?? []).filter(
    (row) => row.is_deleted !== true && row.month === month && row.interaction_type === type,
  )
  if (frames.length > 0) {
    const names = new Set(frames.map((row) => row.stratum ?? ''))
    return new Map(
      [...names].map((name) => {
        const size = frames.filter((row) => row.stratum === name).reduce((sum, row) => sum + (row.population ?? 0), 0)
        return [name, Math.max(size, reviewed(name).length)]
      }),
    )
  }
  const strata = [...new Set(drawn.map((row) => row.stratum))].filter((name) => reviewed(name).length > 0)
  if (strata.length < 2 || drawn.some((row) => row.isReviewed && row.chance === null)) return new Map()
  const weight = (name: string | null) => reviewed(name).reduce((sum, row) => sum + 1 / (row.chance ?? 1), 0)
  const perReview = strata.map((name) => weight(name) / reviewed(name).length)
  if (Math.max(...perReview) <= Math.min(...perReview) * (1 + 1e-9)) return new Map()
  return new Map(strata.map((name) => [name, Math.max(Math.round(weight(name)), reviewed(name).length)]))
}
