import type { CheckedEntity, SourceCheck } from '#etl/check-source.ts'
import { countOf } from '#models/format-metric.ts'

const count = (value: number) => value.toLocaleString('en-US')

/** What a source makes of some files, for people who write its mappings. */
export function formatSourceCheck(check: SourceCheck): string {
  const lines = [`Source ${check.source}, tried without loading anything.`]
  for (const { sourceFile, columns } of check.absentColumns) {
    lines.push(`${sourceFile}: optional columns missing: ${columns.join(', ')}.`)
  }
  for (const warning of check.warnings) lines.push(`Warning: ${warning}`)
  for (const entity of check.entities) lines.push('', ...formatEntity(entity))
  return `${lines.join('\n')}\n`
}

function formatEntity(entity: CheckedEntity): string[] {
  if (entity.failure !== null) return [`${entity.entity}: FAILED`, `  ${entity.failure}`]
  const refused = entity.faults.reduce((sum, fault) => sum + fault.count, 0)
  const lines = [`${entity.entity}: ${countOf(entity.rowCount, 'row')}, ${count(refused)} would be refused`]
  for (const fault of entity.faults) {
    const examples = fault.examples.length === 0 ? '' : `; for example ${fault.examples.map(quote).join(', ')}`
    const rule = `${count(fault.count)} x ${fault.rule}: ${fault.message}`
    lines.push(`  ${rule}; first in ${fault.sourceFile}, row ${fault.sourceRow}${examples}${advice(fault)}`)
  }
  if (entity.personalData !== null) lines.push(`  A load would be refused: ${entity.personalData}`)
  if (entity.sharedKeyCount > 0) {
    lines.push(`  ${count(entity.sharedKeyCount)} rows share their key with another row of these files`)
  }
  if (entity.rowCount === 0) return lines
  const filled = entity.coverage.filter((column) => column.count > 0)
  lines.push('  coverage:')
  for (const column of filled) {
    lines.push(`    ${column.column.padEnd(24)}${percent(column.count / entity.rowCount).padStart(8)}`)
  }
  const empty = entity.coverage.filter((column) => column.count === 0)
  if (empty.length > 0) lines.push(`    never: ${empty.map(({ column }) => column).join(', ')}`)
  for (const [index, row] of entity.firstRows.entries()) {
    lines.push(`  row ${index + 1}:`)
    for (const [column, value] of Object.entries(row)) lines.push(`    ${column.padEnd(24)}${plain(value)}`)
  }
  return lines
}

/** Dates that only their writer can read are what goes wrong most. */
function advice(fault: { rule: string; examples: string[] }): string {
  const isAmbiguous =
    fault.rule === 'unreadable_value' && fault.examples.some((text) => /^\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4}\b/.test(text))
  return isAmbiguous
    ? '. Declare its format and time zone under "instants" in source.json; what several declared formats read differently is refused as well'
    : ''
}

function percent(share: number): string {
  if (share === 1) return '100 %'
  // Never rounded up to all or down to none.
  return `${Math.min(99.9, Math.max(0.1, Math.round(share * 1000) / 10)).toFixed(1)} %`
}

function quote(text: string): string {
  return JSON.stringify(text)
}

/** Values of files must not steer the terminal. */
function plain(text: string): string {
  return text.replaceAll(/\p{Cc}/gu, ' ')
}
