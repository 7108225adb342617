import { spawnSync } from 'node:child_process'
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { fileURLToPath } from 'node:url'
import { buildModels } from '#models/build-models.ts'
import { createSchema } from '#models/warehouse/create-schema.ts'
import { openWarehouse, type Warehouse } from '#models/warehouse/open-warehouse.ts'
import type { Bench } from './limit.ts'

/** Two years of days, so that one day is a 730th of the data. */
const days = 730
/** Odd, for the median. */
const daysMeasured = 5
const firstDay = '2024-09-01'
const loads = { history: 'bench-history', day: 'bench-day' }
const thisFile = fileURLToPath(import.meta.url)

interface Step {
  seconds: number
  peakBytes: number
}

/**
 * How long the models take over synthetic facts, against the two bare queries that nobody could do without: lead() over
 * customer and issue, and one count by month and type. Each step is a process of its own, so that its peak memory is.
 */
export const bench: Bench = {
  defaults: { interactions: '10000000', memory: '1200MB' },
  async run(options) {
    const count = Number(options.interactions)
    if (!Number.isSafeInteger(count) || count < days) {
      throw new Error(`--interactions must be a whole number of at least ${days}, not ${options.interactions}`)
    }
    const folder = mkdtempSync(join(tmpdir(), 'oversight-bench-'))
    const file = join(folder, 'warehouse.duckdb')
    const run = (step: string, of = file) => runStep(step, of, String(count), String(options.memory))
    try {
      run('generate')
      const bare = run('bare')
      const full = run('full')
      run('generate-day')
      // Half a second: one run says as much of the machine's minute as of the build.
      const copy = join(folder, 'day.duckdb')
      const ofDay = Array.from({ length: daysMeasured }, () => {
        copyFileSync(file, copy)
        return run('day', copy)
      })
      const day = median(ofDay)
      return [
        { name: 'full_build_to_bare_queries', value: ratio(full, bare), limit: 2.5, side: 'at-most' },
        { name: 'one_more_day_to_full_build', value: ratio(day, full), limit: 0.05, side: 'at-most' },
        {
          name: 'peak_gigabytes',
          value: round(Math.max(full.peakBytes, ...ofDay.map(({ peakBytes }) => peakBytes)) / 1e9),
          limit: 2,
          side: 'at-most',
        },
      ]
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  },
}

/** Of an odd number of steps, by their seconds. */
function median(steps: readonly Step[]): Step {
  const middle = [...steps].sort((one, other) => one.seconds - other.seconds)[(steps.length - 1) / 2]
  if (middle === undefined) throw new Error('An odd number of steps was expected.')
  return middle
}

const ratio = (one: Step, other: Step) => round(one.seconds / other.seconds)
const round = (value: number) => Math.round(value * 1000) / 1000

function runStep(...argv: string[]): Step {
  const { status, stdout, stderr } = spawnSync(process.execPath, [thisFile, ...argv], { encoding: 'utf8' })
  if (status !== 0) throw new Error(`step ${argv[0]} failed:\n${stderr}`)
  const step = JSON.parse(stdout) as Step
  process.stderr.write(`${argv[0]}: ${step.seconds.toFixed(2)} s, ${(step.peakBytes / 1e9).toFixed(2)} GB\n`)
  return step
}

async function step(name: string, file: string, count: number, memoryLimit: string): Promise<Step> {
  const warehouse = await openWarehouse(file, { mode: 'write', memoryLimit })
  try {
    await warehouse.connection().run(`set temp_directory = '${file}.tmp'`)
    const started = performance.now()
    await steps[name]?.(warehouse, count)
    return { seconds: (performance.now() - started) / 1000, peakBytes: process.resourceUsage().maxRSS * 1024 }
  } finally {
    await warehouse.close()
  }
}

const builds = { reportingTimeZone: 'Europe/Berlin', now: new Date('2026-12-01T00:00:00Z') }
const perDay = (count: number) => Math.ceil(count / days)

const steps: Readonly<Record<string, (warehouse: Warehouse, count: number) => Promise<void>>> = {
  async generate(warehouse, count) {
    await createSchema(warehouse)
    await insertHistory(warehouse, count)
    await recordLoad(warehouse, loads.history)
    await warehouse.connection().run(`insert into levels_in_force
      select 'type-' || n, 'human_in_the_loop', timestamptz '2024-01-01', timestamptz '2025-06-01' from range(12) t(n)
      union all select 'type-' || n, 'human_on_the_loop', timestamptz '2025-06-01', null from range(12) t(n)`)
    await warehouse.connection().run('checkpoint')
  },
  async 'generate-day'(warehouse, count) {
    const day = perDay(count)
    await insertFacts(warehouse, { from: day * days, to: day * (days + 1), perDay: day, loadId: loads.day })
    await recordLoad(warehouse, loads.day)
    await warehouse.connection().run('checkpoint')
  },
  async bare(warehouse) {
    const connection = warehouse.connection()
    await connection.run(`select date_trunc('month', started_at) as month, interaction_type,
        count(*) filter (next_at <= ended_at + interval 48 hour) / count(*)
      from (select started_at, ended_at, interaction_type, lead(started_at) over (
        partition by customer_id, coalesce(issue_key, interaction_type) order by started_at) as next_at
        from interactions where customer_id is not null)
      group by all`)
    await connection.run(`select date_trunc('month', started_at) as month, interaction_type, count(*),
        count(*) filter (handled_by = 'ai') / count(*), avg(sentiment) from interactions group by all`)
  },
  async full(warehouse) {
    await buildModels(warehouse, builds)
  },
  async day(warehouse) {
    const { fullBecause } = await buildModels(warehouse, { ...builds, changedBy: loads.day })
    if (fullBecause !== null) throw new Error(`one more day was built in full: ${fullBecause}`)
  },
}

/** Two years of facts. */
export const insertHistory = (warehouse: Warehouse, count: number) =>
  insertFacts(warehouse, { from: 0, to: count, perDay: perDay(count), loadId: loads.history })

/** What a load records of itself: without it, every build would look through all facts for the latest event. */
async function recordLoad(warehouse: Warehouse, loadId: string): Promise<void> {
  const run = (sql: string) => warehouse.connection().run(sql)
  await run(`insert into loads by name select '${loadId}' as load_id, 'bench' as source,
    timestamptz '2026-10-01' as started_at, timestamptz '2026-10-01' as finished_at, 'bench' as loaded_by`)
  await run(`insert into load_sources by name select '${loadId}' as load_id, 'bench' as source, false as is_live,
    null as declared_through, greatest((select max(ended_at) from interactions), (select max(reviewed_at) from qa_reviews),
      (select max(responded_at) from csat_responses), (select max(escalated_at) from escalations)) as last_event`)
}

/** Contacts number `from` to `to`, in order of time, with what belongs to them; each a pure function of its number. */
async function insertFacts(
  warehouse: Warehouse,
  of: { from: number; to: number; perDay: number; loadId: string },
): Promise<void> {
  const connection = warehouse.connection()
  const lineage = `'${of.loadId}' as load_id, 'bench' as source_file, n as source_row, timestamptz '2026-10-01' as loaded_at`
  const draw = (name: string) => `(hash(n, '${name}') % 1000000 / 1000000.0)`
  const pick = (name: string, from: number) => `cast(hash(n, '${name}') % ${from} as bigint)`
  const begin = `timestamptz '${firstDay}' + to_microseconds(cast(n * 86400000000.0 / ${of.perDay} as bigint))`
  const numbers = `range(${of.from}, ${of.to}) t(n)`
  const customers = Math.ceil(of.perDay * days * 0.35)
  const insert = (entity: string, select: string) =>
    connection.run(`insert into ${entity} by name select 'bench' as source, ${select}`)
  await insert(
    'interactions',
    `cast(n as varchar) as interaction_id,
      case when ${draw('known')} < 0.95 then printf('%016x', hash(hash(n, 'customer') % ${customers})) end as customer_id,
      'type-' || (hash(n, 'type') % 12) as interaction_type,
      case when ${draw('keyed')} < 0.4 then 'order-' || (hash(n, 'customer') % ${customers}) end as issue_key,
      ['chat', 'email', 'voice', 'messaging'][1 + ${pick('channel', 4)}] as channel,
      ${begin} as started_at, ${begin} + to_seconds(cast(60 + 1800 * ${draw('length')} as bigint)) as ended_at,
      ['ai', 'ai', 'ai_assisted', 'human'][1 + ${pick('handler', 4)}] as handled_by,
      ${draw('confidence')} as ai_confidence, 'v' || (1 + n * 8 // ${of.perDay * days}) as ai_version,
      case when ${draw('felt')} < 0.5 then ${draw('sentiment')} * 2 - 1 end as sentiment,
      case when ${draw('vip')} < 0.05 then 'vip' else 'standard' end as customer_tier,
      ['assumed', 'assumed', 'confirmed', 'contained', 'unresolved', null, null, null][1 + ${pick('claim', 8)}]
        as claimed_resolution,
      ${draw('reopened')} < 0.02 as reopened,
      case when hash(n, 'handler') % 4 >= 2 then 60 + floor(600 * ${draw('work')}) end as human_seconds,
      case when ${draw('excluded')} < 0.03 then 'auto_reply' end as exclusion, ${lineage} from ${numbers}`,
  )
  await insert(
    'qa_reviews',
    `cast(n as varchar) as review_id, cast(n as varchar) as interaction_id, 'reviewer-' || (n % 20) as reviewer_id,
      'human' as reviewer_kind, case when n % 5 = 0 then 'targeted' else 'random' end as sampling,
      ${begin} + interval 1 hour as sampled_at, ${begin} + interval 3 day as due_at,
      case when ${draw('done')} < 0.95 then ${begin} + interval 2 day end as reviewed_at,
      floor(100 * ${draw('score')}) as score, case when ${draw('error')} < 0.03 then 'fail' else 'pass' end as outcome,
      ${lineage} from ${numbers} where ${draw('reviewed')} < 0.02`,
  )
  await insert(
    'escalations',
    `cast(n as varchar) as escalation_id, cast(n as varchar) as interaction_id, ${begin} + interval 5 minute as escalated_at,
      ['low_confidence', 'keyword', 'customer_request', 'failed_handoff'][1 + ${pick('reason', 4)}] as reason, ${lineage}
      from ${numbers} where ${draw('escalated')} < 0.06`,
  )
  await insert(
    'csat_responses',
    `cast(n as varchar) as response_id, cast(n as varchar) as interaction_id, ${begin} + interval 1 hour as offered_at,
      case when ${draw('answered')} < 0.3 then ${begin} + interval 2 hour end as responded_at, 'five_point' as scale,
      case when ${draw('answered')} < 0.3 then 1 + ${pick('answer', 5)} end as score, ${lineage}
      from ${numbers} where ${draw('offered')} < 0.15`,
  )
}

if (process.argv[1] === thisFile) {
  const [name = '', file = '', count = '', memoryLimit = ''] = process.argv.slice(2)
  process.stdout.write(JSON.stringify(await step(name, file, Number(count), memoryLimit)))
}
