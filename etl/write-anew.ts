import { renameSync } from 'node:fs'
import { openWarehouse, type Warehouse } from '#models/warehouse/open-warehouse.ts'
import { sqlIdentifier, sqlLiteral } from './sql-literal.ts'

/**
 * Writes the file of a warehouse anew, as deleted bytes stay in it, and opens it again; the given one is closed.
 * `through` is where it is written, on the same disk.
 */
export async function writeAnew(
  warehouse: Warehouse,
  through: string,
  options: { memoryLimit: string; threads?: number | undefined },
): Promise<Warehouse> {
  const open = () =>
    openWarehouse(warehouse.file, {
      mode: 'write',
      memoryLimit: options.memoryLimit,
      ...(options.threads === undefined ? {} : { threads: options.threads }),
    })
  await warehouse.connection().run('CHECKPOINT')
  await warehouse.close()
  // The engine of a load is shut off from other files for good, so this takes another one.
  const from = await open()
  try {
    const connection = from.connection()
    const reader = await connection.runAndReadAll('SELECT current_database()')
    await connection.run(`ATTACH ${sqlLiteral(through)} AS anew`)
    await connection.run(`COPY FROM DATABASE ${sqlIdentifier(String(reader.getRows()[0]?.[0]))} TO anew`)
    await connection.run('DETACH anew')
  } finally {
    await from.close()
  }
  renameSync(through, warehouse.file)
  return open()
}
