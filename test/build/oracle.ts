import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Reference values made by other programs; absent on most machines, so tests that need them say that they skip. */
export const oracleDirectory = join(process.cwd(), '..', 'shared', 'oracle')
export const hasOracle = existsSync(oracleDirectory)

export function readOracle(name: string): string {
  return readFileSync(join(oracleDirectory, name), 'utf8')
}

/** Rows of an oracle table as objects by column. Its fields hold no commas or line breaks. */
export function readOracleTable(name: string): Record<string, string>[] {
  const [head = '', ...lines] = readOracle(name).trimEnd().split(/\r?\n/)
  const columns = head.split(',')
  return lines.map((line) => {
    const cells = line.split(',')
    return Object.fromEntries(columns.map((column, index) => [column, cells[index] ?? '']))
  })
}
