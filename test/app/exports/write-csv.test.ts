import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import { describe, expect, it, onTestFinished } from 'vitest'
import { writeCsv } from '#app/exports/write-csv.ts'

async function csvOf(sql: string, values: string[] = []): Promise<string> {
  const instance = await DuckDBInstance.create(':memory:')
  const connection = await instance.connect()
  onTestFinished(() => {
    connection.closeSync()
    instance.closeSync()
  })
  await connection.run("SET TimeZone = 'UTC'")
  let text = ''
  for await (const piece of writeCsv(await connection.stream(sql, values))) text += piece
  return text
}

describe('CSV export', () => {
  it('writes instants, days, numbers, flags and lists in one form each, and nothing for null', async () => {
    expect(
      await csvOf(`SELECT TIMESTAMPTZ '2026-01-05 09:00:00.123456+00' AS at, TIMESTAMPTZ '1969-12-31 23:59:59.5Z' AS old,
        DATE '2026-01-05' AS day, -1.5::DOUBLE AS share, 12::BIGINT AS n, true AS yes, NULL::VARCHAR AS nothing,
        ['a', 'b"c'] AS list`),
    ).toBe(
      'at,old,day,share,n,yes,nothing,list\n2026-01-05T09:00:00.123456Z,1969-12-31T23:59:59.500Z,2026-01-05,-1.5,12,true,,"[""a"",""b\\""c""]"\n',
    )
  })

  it('keeps a number that begins with a minus sign a number, and guards the text that looks like it', async () => {
    expect(await csvOf("SELECT -12.5::DOUBLE AS number, '-12.5' AS text")).toBe(`number,text\n-12.5,"'-12.5"\n`)
  })

  it('writes the header of an empty dataset', async () => {
    expect(await csvOf('SELECT 1 AS a, 2 AS b WHERE false')).toBe('a,b\n')
  })
})

const oracle = join(process.cwd(), '..', 'shared', 'oracle', 'csv_injection.csv')
const isAbsent = !existsSync(oracle)

describe(`CSV export against the reference for formula injection${isAbsent ? ' (skipped: ../shared/oracle is absent)' : ''}`, () => {
  const cases = isAbsent
    ? []
    : readFileSync(oracle, 'utf8')
        .trim()
        .split('\n')
        .slice(1)
        .map((line) => (line.match(/"([A-Za-z0-9+/=]*)"/g) ?? []).slice(0, 2).map((cell) => cell.slice(1, -1)))
        .map(([input = '', expected = '']) => [
          Buffer.from(input, 'base64').toString('utf8'),
          Buffer.from(expected, 'base64').toString('utf8'),
        ])

  it('has cases to check', () => {
    if (!isAbsent) expect(cases.length).toBeGreaterThan(10)
  })

  it.each(cases)('%j', async (input, expected) => {
    expect(await csvOf('SELECT ? AS cell, 1 AS rest', [input ?? ''])).toBe(`cell,rest\n${expected},1\n`)
  })
})
