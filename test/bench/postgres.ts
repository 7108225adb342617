import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import pg from 'pg'
import { createSchema } from '#models/warehouse/create-schema.ts'
import { openWarehouse } from '#models/warehouse/open-warehouse.ts'
import { startPostgres } from '../build/postgres.ts'
import type { Bench } from './limit.ts'
import { insertHistory } from './models.ts'

const columns = `interaction_id text, customer_id text, interaction_type text, issue_key text, handled_by text,
  sentiment double precision, claimed_resolution text, reopened boolean, human_seconds double precision, exclusion text,
  started_at timestamptz, ended_at timestamptz`
const names = columns.split(',').map((column) => column.trim().split(' ')[0])

/** Written alike for both engines but for the month and the customer's issue; whole numbers, so that the answers can be compared. */
const queries = ({ month, issue }: { month: string; issue: string }) => ({
  repeat_contact: `select ${month} as month, interaction_type, count(*) as contacts,
      count(*) filter (where next_at <= ended_at + interval '48 hours') as repeats
    from (select started_at, ended_at, interaction_type, lead(started_at) over (
        partition by ${issue} order by started_at) as next_at
      from interactions where customer_id is not null and exclusion is null) as ordered
    group by 1, 2 order by 1, 2`,
  monthly_rates: `select ${month} as month, interaction_type, count(*) as contacts,
      count(*) filter (where handled_by = 'ai') as ai,
      count(*) filter (where handled_by in ('ai', 'ai_assisted')) as participated,
      count(*) filter (where claimed_resolution in ('confirmed', 'assumed', 'contained')) as claimed,
      count(*) filter (where claimed_resolution = 'unresolved') as unresolved,
      count(*) filter (where reopened) as reopened,
      count(*) filter (where sentiment <= -0.5) as distressed,
      count(human_seconds) as timed
    from interactions group by 1, 2 order by 1, 2`,
})
const theirQueries = queries({
  month: "date_trunc('month', started_at)",
  issue: 'customer_id, coalesce(issue_key, interaction_type)',
})
/** As the models do it: months of UTC without the calendar of time zones, customers told apart by a hash. */
const ourQueries = queries({
  month: "date_trunc('month', make_timestamp(epoch_us(started_at)))",
  issue: 'hash(customer_id, coalesce(issue_key, interaction_type))',
})

type Run = (sql: string) => Promise<unknown[][]>

/**
 * The same questions about the same facts put to this engine and to a tuned PostgreSQL, whichever is installed, on the same machine, with two
 * workers; the best of so many runs each. Throws when they do not answer alike.
 */
export const bench: Bench = {
  defaults: { interactions: '1000000', runs: '3' },
  async run(options) {
    const count = Number(options.interactions)
    const runs = Number(options.runs)
    if (!Number.isSafeInteger(count) || count < 1000) {
      throw new Error(`--interactions must be a whole number of at least 1000, not ${options.interactions}`)
    }
    if (!Number.isSafeInteger(runs) || runs < 1) {
      throw new Error(`--runs must be a whole number of at least 1, not ${options.runs}`)
    }
    const folder = mkdtempSync(join(tmpdir(), 'oversight-bench-'))
    // PostgreSQL reads the copy as a user of its own.
    chmodSync(folder, 0o755)
    try {
      const warehouse = await openWarehouse(join(folder, 'warehouse.duckdb'), { mode: 'write' })
      const connection = warehouse.connection()
      await createSchema(warehouse)
      await insertHistory(warehouse, count)
      const copy = join(folder, 'interactions.csv')
      await connection.run(`copy (select ${names.join(', ')} from interactions) to '${copy}' (header false)`)
      chmodSync(copy, 0o644)
      const ours: Run = async (sql) => (await connection.runAndReadAll(sql)).getRowsJS()
      try {
        return await withPostgres(copy, async (theirs) => {
          const faster = {
            repeat_contact: await compare('repeat_contact', ours, theirs, runs),
            monthly_rates: await compare('monthly_rates', ours, theirs, runs),
          }
          return [
            { name: 'repeat_contact_faster_than_postgres', value: faster.repeat_contact, limit: 8, side: 'at-least' },
            { name: 'monthly_rates_faster_than_postgres', value: faster.monthly_rates, limit: 20, side: 'at-least' },
          ]
        })
      } finally {
        await warehouse.close()
      }
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  },
}

async function withPostgres<T>(copy: string, use: (run: Run) => Promise<T>): Promise<T> {
  const server = await startPostgres({
    shared_buffers: '4GB',
    work_mem: '1GB',
    effective_cache_size: '12GB',
    max_parallel_workers: '2',
    max_parallel_workers_per_gather: '2',
    jit: 'on',
    fsync: 'off',
    max_wal_size: '8GB',
    timezone: 'UTC',
  })
  try {
    const client = new pg.Client({ connectionString: await server.createDatabase('bench') })
    await client.connect()
    try {
      const { rows } = await client.query<{ server_version: string }>('show server_version')
      process.stderr.write(`PostgreSQL ${rows[0]?.server_version}\n`)
      await client.query(`create unlogged table interactions (${columns})`)
      await client.query(`copy interactions from '${copy}' with (format csv)`)
      await client.query('vacuum analyze interactions')
      return await use(async (text) => (await client.query({ text, rowMode: 'array' })).rows)
    } finally {
      await client.end()
    }
  } finally {
    await server.stop()
  }
}

/** How many times faster ours is. */
async function compare(question: keyof typeof ourQueries, ours: Run, theirs: Run, runs: number): Promise<number> {
  const mine = await best(ours, ourQueries[question], runs)
  const other = await best(theirs, theirQueries[question], runs)
  if (JSON.stringify(comparable(mine.rows)) !== JSON.stringify(comparable(other.rows))) {
    throw new Error('the two engines do not give the same answer')
  }
  process.stderr.write(`${question}: ours ${mine.seconds.toFixed(3)} s, PostgreSQL ${other.seconds.toFixed(3)} s\n`)
  return Math.round((other.seconds / mine.seconds) * 10) / 10
}

async function best(run: Run, sql: string, runs: number): Promise<{ seconds: number; rows: unknown[][] }> {
  let rows: unknown[][] = []
  const seconds: number[] = []
  for (let each = 0; each < runs; each += 1) {
    const started = performance.now()
    rows = await run(sql)
    seconds.push((performance.now() - started) / 1000)
  }
  return { seconds: Math.min(...seconds), rows }
}

const comparable = (rows: unknown[][]) =>
  rows.map((row) => row.map((value) => (value instanceof Date ? value.toISOString() : String(value))))
