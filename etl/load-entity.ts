import type { EntityName } from '#models/contract/entities.ts'
import { OversightError } from '#models/oversight-error.ts'
import type { Warehouse } from '#models/warehouse/open-warehouse.ts'
import type { EntityReport } from './load-report.ts'
import { adoptStage, mergeEntity } from './merge-entity.ts'
import { collectRefused } from './quarantine.ts'
import { refuseErased } from './refuse-erased.ts'
import { refuseRetired } from './refuse-retired.ts'
import type { MappingLimits } from './run-mapping.ts'
import { scanPersonalData } from './scan-personal-data.ts'
import { relationNames, type SourceFolder } from './source-folder.ts'
import { collectLastEvents, type LastEvents } from './source-reach.ts'
import { countOf, type LoadProgress } from './sql-step.ts'
import { type Stage, stageEntity, stageNothing } from './stage-entity.ts'

/**
 * Stages, checks and merges the rows of one entity, into the schema `main`, and adds its latest events to `lastEvents`.
 * `deferred` is what stageEntity takes for files that are parsed only now. `holdsRefused` tells that refused rows lay in
 * the file of the facts, which keeps their bytes until it is written anew.
 */
export async function loadEntity(
  warehouse: Warehouse,
  main: string,
  source: SourceFolder,
  entity: EntityName,
  load: {
    loadId: string
    now: Date
    isHashingCustomers: boolean
    hasErased: boolean
    /** The retention boundary in force; null when there is none. */
    retiredBefore: Date | null
    isRowByRow: boolean
    limits: MappingLimits
    lastEvents: LastEvents
    deferred: (() => Promise<void>) | undefined
  },
  onProgress: (progress: LoadProgress) => void,
): Promise<{ report: EntityReport; holdsRefused: boolean }> {
  const connection = warehouse.connection()
  const mapping = source.mappings.find((candidate) => candidate.entity === entity)
  let stage: Stage
  if (mapping === undefined) stage = await stageNothing(connection, main, entity)
  else {
    onProgress({ phase: 'check', what: entity, done: null, total: null })
    stage = await stageEntity(
      connection,
      warehouse.dialect,
      main,
      mapping,
      relationNames(source),
      { ...load, isScreening: load.hasErased || load.retiredBefore !== null },
      (share) => onProgress({ phase: 'check', what: entity, done: share, total: 1 }),
      load.deferred,
    )
  }
  if (load.retiredBefore !== null) stage = await refuseRetired(connection, main, stage, load.retiredBefore)
  if (load.hasErased) stage = await refuseErased(connection, main, stage)
  await scanPersonalData(connection, stage)
  const rowCount = await countOf(connection, `SELECT count(*) FROM ${stage.table}`)
  if (rowCount > 0) {
    const what = `${rowCount.toLocaleString('en-US')} ${entity}`
    onProgress({ phase: 'merge', what, done: null, total: null, rowCount })
  }
  await collectLastEvents(connection, stage, load.lastEvents)
  const counts = await mergeEntity(connection, main, stage)
  const reasons = await collectRefused(connection, stage)
  const accounted = counts.loaded + counts.unchanged + counts.superseded + counts.quarantined
  const reasonSum = reasons.reduce((sum, { count }) => sum + count, 0)
  if (accounted !== counts.read || reasonSum !== counts.quarantined) {
    throw new OversightError(
      'internal',
      `${entity}: ${counts.read} rows read, but ${accounted} accounted for (${counts.loaded} loaded, ${counts.unchanged} unchanged, ${counts.superseded} superseded, ${counts.quarantined} quarantined, ${reasonSum} with a reason). Nothing was published; please report this.`,
    )
  }
  if (stage.isAdopted) await adoptStage(connection, main, stage, counts.loaded)
  const quarantinedByRule: Record<string, number> = {}
  for (const { rule, count } of reasons) quarantinedByRule[rule] = (quarantinedByRule[rule] ?? 0) + count
  const { retried, recovered, ...sums } = counts
  const report = { ...sums, quarantinedByRule, reasons, retried, recovered }
  return { report, holdsRefused: stage.isAdopted && sums.quarantined > 0 }
}
