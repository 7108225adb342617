import type { SqlDialect } from '../warehouse/sql-dialect.ts'
import { entityColumns, lineageColumns } from './columns.ts'
import { type EntityName, entityNames } from './entities.ts'

/** A column of a table to be made. `type` is the engine's spelling. */
export interface TableColumn {
  name: string
  type: string
  isRequired: boolean
}

/** The columns of an entity's table: the contract's, then the lineage. */
export function entityTable(name: EntityName, dialect: SqlDialect): TableColumn[] {
  return [
    ...entityColumns(name).map((column) => ({
      name: column.name,
      type: dialect.columnType(column.type),
      isRequired: column.isRequired,
    })),
    ...lineageColumns.map((column) => ({
      name: column.name,
      type: dialect.columnType(column.type),
      isRequired: true,
    })),
  ]
}

/**
 * CREATE TABLE IF NOT EXISTS as SQL text. There is no primary key: a column store would keep a second copy of the
 * keys in memory; the merge and an audit keep them unique.
 */
export function createTableSql(table: string, columns: readonly TableColumn[], dialect: SqlDialect): string {
  const lines = columns.map(
    (column) => `  ${dialect.identifier(column.name)} ${column.type}${column.isRequired ? ' not null' : ''}`,
  )
  return `create table if not exists ${dialect.identifier(table)} (\n${lines.join(',\n')}\n)`
}

/** The DDL of every entity of the contract, for those who build a supplier's table from it. */
export function contractDdl(dialect: SqlDialect): string {
  return entityNames.map((name) => `${createTableSql(name, entityTable(name, dialect), dialect)};`).join('\n\n')
}
