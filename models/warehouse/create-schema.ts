import { CompiledQuery } from 'kysely'
import { createTableSql, entityTable, type TableColumn } from '../contract/ddl.ts'
import { entityNames } from '../contract/entities.ts'
import type { ColumnType } from '../contract/field.ts'
import type { Warehouse } from './open-warehouse.ts'
import type { SqlDialect } from './sql-dialect.ts'
import { type OtherTable, tableColumns } from './table-columns.ts'

/**
 * Makes every table of WarehouseSchema that is not there yet; `contacts` is a view that the models make. Repeating it
 * changes nothing.
 */
export async function createSchema(warehouse: Pick<Warehouse, 'db' | 'dialect'>): Promise<void> {
  const { db, dialect } = warehouse
  const there = await db
    .withTables<{ 'information_schema.tables': { table_schema: string; table_name: string } }>()
    .selectFrom('information_schema.tables')
    .select('table_name')
    .where('table_schema', '=', 'main')
    .execute()
  const isThere = (table: string) => there.some(({ table_name }) => table_name === table)
  for (const name of entityNames) {
    if (isThere(name)) continue
    await db.executeQuery(CompiledQuery.raw(createTableSql(name, entityTable(name, dialect), dialect)))
  }
  for (const table of Object.keys(tableColumns) as OtherTable[]) {
    if (table === 'contacts' || isThere(table)) continue
    await db.executeQuery(CompiledQuery.raw(createTableSql(table, otherTable(table, dialect), dialect)))
  }
}

function otherTable(table: OtherTable, dialect: SqlDialect): TableColumn[] {
  return Object.entries<string>(tableColumns[table]).map(([name, kind]) => ({
    name,
    type: dialect.columnType(kind.replace('?', '') as ColumnType | 'day'),
    isRequired: !kind.endsWith('?'),
  }))
}
