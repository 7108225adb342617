import type { Kysely } from 'kysely'
import type { Policy } from '#governance/policy/policy.ts'
import { listReviewPairs, type ReviewPairs } from '#models/agreement/list-review-pairs.ts'
import { listCsatChannels, type MonthCsatChannel } from '#models/daily/list-csat-channels.ts'
import { listDispersion, type MonthDispersion } from '#models/daily/list-dispersion.ts'
import type { Month } from '#models/reporting-month.ts'
import { listStrata, type ReviewStratum } from '#models/sampling/list-strata.ts'
import { listSegmentCounts, type SegmentCounts } from '#models/segments/list-segment-counts.ts'
import type { WarehouseSchema } from '#models/warehouse/warehouse-schema.ts'

/** What some policies judge besides the monthly numbers. */
export interface HistoryParts {
  pairs: readonly ReviewPairs[]
  dispersions: readonly MonthDispersion[]
  strata: readonly ReviewStratum[]
  segments: readonly SegmentCounts[]
  csatChannels: readonly MonthCsatChannel[]
}

/**
 * Reads what these policies judge and others do not: evidence holds only what was judged, so that a policy that asks for
 * nothing of it freezes the same evidence as ever.
 */
export async function listHistoryParts(
  db: Kysely<WarehouseSchema>,
  range: { from: Month; through: Month },
  ...policies: readonly Pick<Policy, 'gates' | 'segments'>[]
): Promise<HistoryParts> {
  const asksPairs = policies.some(({ gates }) => gates.G7.agreement !== undefined)
  const asksDispersion = policies.some(
    ({ gates }) => gates.G4.isOverdispersionAdjusted === true || gates.G5.isOverdispersionAdjusted === true,
  )
  const asksMix = policies.some(({ gates }) => gates.G3.isMixStandardised === true)
  const declared = new Set<string>(policies.flatMap(({ segments }) => segments?.map(({ name }) => name) ?? []))
  return {
    pairs: asksPairs ? await listReviewPairs(db, range) : [],
    dispersions: asksDispersion ? await listDispersion(db, range) : [],
    strata: await listStrata(db, range),
    csatChannels: asksMix ? await listCsatChannels(db, range) : [],
    segments:
      declared.size === 0
        ? []
        : (await listSegmentCounts(db, { ...range, kinds: ['customers'] })).filter(({ segment }) =>
            declared.has(segment),
          ),
  }
}
