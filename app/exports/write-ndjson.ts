import type { DuckDBResult } from '@duckdb/node-api'
import { plainValue } from './plain-value.ts'

/** One JSON object per line; every column is there, null where there is no value. */
export async function* writeNdjson(result: DuckDBResult): AsyncGenerator<string> {
  const names = result.columnNames()
  for await (const rows of result.yieldRows()) {
    let lines = ''
    for (const row of rows) {
      lines += `${JSON.stringify(Object.fromEntries(names.map((name, index) => [name, plainValue(row[index] ?? null)])))}\n`
    }
    yield lines
  }
}
