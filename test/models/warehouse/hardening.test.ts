import { join } from 'node:path'
import { expect, it } from 'vitest'
import { openWarehouse } from '#models/warehouse/open-warehouse.ts'
import { describeOracle, oracleRows, text } from '../statistics/oracle.ts'
import { temporaryFolder } from './temporary-folder.ts'

describeOracle('a warehouse that is opened to read', () => {
  it('refuses, and allows, what the reference saw refused and allowed', async () => {
    const file = join(await temporaryFolder(), 'served.duckdb')
    const writer = await openWarehouse(file, { mode: 'write' })
    await writer.connection().run('CREATE TABLE t AS SELECT 1 AS i')
    await writer.close()
    const warehouse = await openWarehouse(file, { mode: 'read' })
    const probes = oracleRows('duckdb_hardening').filter((row) => text(row, 'profile') === 'serve_readonly')
    const found: Record<string, string> = {}
    for (const probe of probes) {
      const statement = text(probe, 'statement')
      found[statement] = await warehouse
        .connection()
        .run(statement)
        .then(
          () => 'ok',
          () => 'error',
        )
    }
    await warehouse.close()
    expect(probes.length).toBeGreaterThan(20)
    expect(found).toEqual(Object.fromEntries(probes.map((row) => [text(row, 'statement'), text(row, 'outcome')])))
  })
})
