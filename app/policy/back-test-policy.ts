import type { Kysely } from 'kysely'
import type { Ledger } from '#governance/ledger/open-ledger.ts'
import { listLevelsInForce } from '#governance/levels/list-levels-in-force.ts'
import { type BackTestRow, backTest } from '#governance/policy/back-test.ts'
import type { Policy } from '#governance/policy/policy.ts'
import { listRegisteredTypes } from '#governance/registry/list-registered-types.ts'
import { listAiVersions } from '#models/monthly/list-ai-versions.ts'
import { listMetricPoints } from '#models/monthly/list-metric-points.ts'
import { listMonths } from '#models/monthly/list-months.ts'
import { monthEnd } from '#models/reporting-month.ts'
import { getSnapshotInfo } from '#models/warehouse/get-snapshot-info.ts'
import type { WarehouseSchema } from '#models/warehouse/warehouse-schema.ts'
import { listHistoryParts } from '../evidence/history-parts.ts'
import { typeHistories } from '../evidence/type-histories.ts'
import { typeStandings } from '../evidence/type-standings.ts'

/** What one policy would have recommended instead of another, for every month of the snapshot. By month, then type. */
export async function backTestPolicy(
  ledger: Ledger,
  warehouse: Kysely<WarehouseSchema>,
  policies: { before: Policy; after: Policy },
  now: Date,
): Promise<BackTestRow[]> {
  const months = await listMonths(warehouse)
  const [first, last] = [months[0], months.at(-1)]
  if (first === undefined || last === undefined) return []
  const { reportingTimeZone } = await getSnapshotInfo(warehouse)
  const range = { from: first, through: last }
  const histories = typeHistories(
    await listMetricPoints(warehouse, range),
    await listAiVersions(warehouse, range),
    await listHistoryParts(warehouse, range, policies.before, policies.after),
  )
  const [registered, levels] = [await listRegisteredTypes(ledger), await listLevelsInForce(ledger)]
  const ends = new Map(months.map((month) => [month as string, monthEnd(month, reportingTimeZone)]))
  return backTest(
    policies,
    months,
    histories,
    (month) => typeStandings(registered, levels, ends.get(month) ?? new Date(0)),
    { now, reportingTimeZone },
  )
}
