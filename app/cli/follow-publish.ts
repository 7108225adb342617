import type { Kysely } from 'kysely'
import type { Clock } from '#governance/ledger/clock.ts'
import type { Ledger } from '#governance/ledger/open-ledger.ts'
import type { SteppedDown } from '#governance/review/step-down.ts'
import type { WarehouseSchema } from '#models/warehouse/warehouse-schema.ts'
import type { RevisedEvidence } from '../freeze-open-reviews.ts'
import type { Home } from '../home.ts'
import { hasLedger, openHomeLedger } from '../open-home-ledger.ts'
import { openCurrentWarehouse } from './open-current-warehouse.ts'

export interface PublishFollowUp {
  /** Types that an agreed trip-wire stepped down. */
  tripped: SteppedDown[]
  /** Evidence of open reviews that the new numbers changed. */
  revised: RevisedEvidence[]
}

/** What governance does on every new snapshot: check the trip-wires, freeze the evidence of open reviews again. */
export async function followPublish(
  { ledger, warehouse }: { ledger: Ledger; warehouse: Kysely<WarehouseSchema> },
  clock: Clock,
): Promise<PublishFollowUp> {
  const [{ fireTripWires }, { freezeOpenReviews }, { typeHistories }] = await Promise.all([
    import('#governance/review/fire-trip-wires.ts'),
    import('../freeze-open-reviews.ts'),
    import('../evidence/type-histories.ts'),
  ])
  const [{ listMonths }, { listMetricPoints }, { listStrata }, { getSnapshotInfo }] = await Promise.all([
    import('#models/monthly/list-months.ts'),
    import('#models/monthly/list-metric-points.ts'),
    import('#models/sampling/list-strata.ts'),
    import('#models/warehouse/get-snapshot-info.ts'),
  ])
  const months = await listMonths(warehouse)
  const [first, last] = [months[0], months.at(-1)]
  if (first === undefined || last === undefined) return { tripped: [], revised: [] }
  const { reportingTimeZone } = await getSnapshotInfo(warehouse)
  const points = await listMetricPoints(warehouse, { from: first, through: last })
  const strata = await listStrata(warehouse, { from: first, through: last })
  const histories = typeHistories(points, [], { pairs: [], dispersions: [], strata, segments: [], csatChannels: [] })
  const tripped = await fireTripWires(ledger, { histories, reportingTimeZone }, clock)
  return { tripped, revised: await freezeOpenReviews({ ledger, warehouse }, clock) }
}

/**
 * The same after a load or publish from the command line, with a line for each thing that happened. Before there is a
 * ledger, or anything published, nothing is to be followed.
 */
export async function followPublishOf(home: Home): Promise<void> {
  if (!hasLedger(home)) return
  const { systemClock } = await import('#governance/ledger/clock.ts')
  const ledger = await openHomeLedger(home)
  try {
    const warehouse = await openCurrentWarehouse(home)
    try {
      const { tripped, revised } = await followPublish({ ledger, warehouse: warehouse.db }, systemClock())
      for (const { interactionType, toLevel, reason } of tripped) {
        process.stderr.write(`${interactionType} was reduced to ${toLevel} by a trip-wire: ${reason}\n`)
      }
      for (const { month, interactionType } of revised) {
        process.stderr.write(
          `The evidence of ${interactionType} for ${month} changed; open proposals on it are stale.\n`,
        )
      }
    } finally {
      await warehouse.close()
    }
  } finally {
    await ledger.close()
  }
}
