import type { LoadReport } from '#etl/load-report.ts'
import { sourcePlace } from '#etl/source-place.ts'

const columns = ['read', 'loaded', 'unchanged', 'superseded', 'quarantined'] as const

/** The report of a load for people: one line per entity, then what was refused and why. */
export function formatLoadReport(report: LoadReport): string {
  const count = (value: number) => value.toLocaleString('en-US')
  const entities = Object.entries(report.entities)
  const width = Math.max(12, ...entities.map(([entity]) => entity.length))
  const lines = [
    `Loaded ${whatWasRead(report)} of source ${report.source} as load ${report.loadId}; published snapshot ${report.snapshotId}.`,
    '',
    [''.padEnd(width), ...columns.map((column) => column.padStart(12))].join(''),
    ...entities.map(([entity, counts]) =>
      [entity.padEnd(width), ...columns.map((column) => count(counts[column]).padStart(12))].join(''),
    ),
  ]
  for (const [entity, { reasons }] of entities) {
    for (const reason of reasons) {
      lines.push(
        `  ${entity}: ${count(reason.count)} x ${reason.rule}: ${reason.message}; first in ${sourcePlace(reason)}`,
      )
    }
  }
  if (entities.some(([, { reasons }]) => reasons.some(({ rule }) => rule === 'orphan'))) {
    lines.push('Rows whose interaction has not been loaded are kept and tried again by every later load.')
  }
  for (const [entity, { retried, recovered }] of entities) {
    if (retried === 0) continue
    lines.push(
      `Retried ${count(retried)} ${entity} that waited for their interaction: ${count(recovered)} recovered, ${count(retried - recovered)} still waiting.`,
    )
  }
  for (const relation of report.relations) lines.push(relationLine(relation))
  if (report.repeatedLoadId !== null) {
    lines.push(`The same files as in load ${report.repeatedLoadId}, and every row of them is still there.`)
  }
  if (report.restatedCount > 0) {
    lines.push(
      `Restated: ${count(report.restatedCount)} numbers of closed months changed; see "oversight restatements --load ${report.loadId}".`,
    )
  }
  lines.push(...reachLines(report))
  for (const warning of report.warnings) lines.push(`Warning: ${warning}`)
  if (report.rejectsFile !== null) lines.push(`The refused rows with their values: ${report.rejectsFile}`)
  return `${lines.join('\n')}\n`
}

function reachLines({ reach }: LoadReport): string[] {
  if (reach.loadedThrough === null) return []
  return [
    `Loaded through ${reach.loadedThrough}, mature through ${reach.matureThrough}.`,
    ...reach.sources.map(
      ({ source, isLive, through, isDeclared }) =>
        `  ${source}${isLive ? ' (live)' : ''}: through ${through}, ${isDeclared ? 'as declared' : 'its latest event'}`,
    ),
  ]
}

function whatWasRead({ files, relations }: LoadReport): string {
  const counted = (count: number, one: string) => `${count} ${one}${count === 1 ? '' : 's'}`
  const fileCount = files.length - relations.length
  if (relations.length === 0) return counted(fileCount, 'file')
  const ofPostgres = counted(relations.length, 'relation')
  return fileCount === 0 ? ofPostgres : `${counted(fileCount, 'file')} and ${ofPostgres}`
}

function relationLine({ sourceFile, rowCount, watermark }: LoadReport['relations'][number]): string {
  const rows = `${sourceFile}: ${rowCount.toLocaleString('en-US')} rows read`
  if (watermark === null) return `${rows}.`
  const from = watermark.from === null ? 'all' : `${watermark.column} from ${watermark.from}`
  return `${rows} (${from}); watermark ${watermark.reached ?? 'none yet'}.`
}
