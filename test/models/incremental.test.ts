import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type BuildModelsOptions, buildModels } from '#models/build-models.ts'
import { listCountedContacts } from '#models/contacts/list-counted-contacts.ts'
import { contactStageNames } from '#models/contacts/stage-contacts.ts'
import { countContacts } from '#models/daily/count-contacts.ts'
import { listMonths } from '#models/monthly/list-months.ts'
import { parseMonth } from '#models/reporting-month.ts'
import type { Warehouse } from '#models/warehouse/open-warehouse.ts'
import { type World, worlds } from './random-world.ts'
import { type Facts, factsIn, insertFacts, replaceFacts } from './warehouse-of.ts'

const now = new Date('2026-12-01T00:00:00Z')
const tables = [
  'contacts',
  'reviewed_contacts',
  'escalated_contacts',
  'surveyed_contacts',
  'followed_contacts',
  'repeat_chains',
  'recovering_contacts',
  'daily_counts',
  'weekly_counts',
  'monthly_metrics',
  'monthly_ai_versions',
] as const
const keys = {
  interactions: 'interaction_id',
  qa_reviews: 'review_id',
  escalations: 'escalation_id',
  csat_responses: 'response_id',
} as const
type Entity = keyof typeof keys
const entities = Object.keys(keys) as Entity[]

/** Every row of every model, in one order. */
async function allRows(warehouse: Warehouse): Promise<Record<string, unknown>> {
  const rows: Record<string, unknown> = {}
  for (const table of tables) {
    const reader = await warehouse.connection().runAndReadAll(`select * from ${table} order by all`)
    rows[table] = reader.getRowObjectsJson()
  }
  return rows
}

/** What the merge of a load does: rows of a key that is there are replaced, and noted as they were. */
async function loadRows(warehouse: Warehouse, loadId: string, facts: Facts): Promise<void> {
  const { db } = warehouse
  for (const entity of entities) {
    const key = keys[entity] as 'interaction_id'
    for (const row of (facts[entity] ?? []) as { source: string; interaction_id: string }[]) {
      const isIt = db
        .selectFrom(entity as 'interactions')
        .selectAll()
        .where('source', '=', row.source)
        .where(key, '=', row[key])
      for (const old of await isIt.execute()) {
        await db
          .insertInto('replaced_facts')
          .values({
            entity,
            source: old.source,
            interaction_id: old.interaction_id,
            customer_id: entity === 'interactions' ? (old.customer_id ?? null) : null,
            started_at: entity === 'interactions' ? old.started_at : null,
          })
          .execute()
      }
      await db
        .deleteFrom(entity as 'interactions')
        .where('source', '=', row.source)
        .where(key, '=', row[key])
        .execute()
    }
    await insertFacts(warehouse, { [entity]: (facts[entity] ?? []).map((row) => ({ ...row, load_id: loadId })) })
  }
}

/** The rows of a world, spread over loads by a number for each. */
function split(facts: Facts, count: number, seed: number): Facts[] {
  return Array.from({ length: count }, (_, load) =>
    Object.fromEntries(
      entities.map((entity, place) => [
        entity,
        (facts[entity] ?? []).filter((_row, index) => (index * 7 + place * 3 + seed) % count === load),
      ]),
    ),
  )
}

describe('building the models of some contacts at a time', () => {
  it('gives the very rows, and counts, of all at once', async () => {
    const whole = await factsIn({})
    const sliced = await factsIn({})
    await fc.assert(
      fc.asyncProperty(worlds('rich'), fc.integer({ min: 2, max: 4 }), async (world, parts) => {
        const contactsAtOnce = Math.max(Math.floor((world.facts.interactions?.length ?? 0) / parts), 1)
        for (const warehouse of [whole, sliced]) await replaceFacts(warehouse, world.facts)
        await buildModels(whole, { ...world, now })
        await buildModels(sliced, { ...world, now, contactsAtOnce })
        expect(await allRows(sliced)).toEqual(await allRows(whole))
        expect(await countContacts(sliced, null, contactsAtOnce)).toEqual(await countContacts(whole, null))
      }),
      { seed: 20261129, numRuns: 10, endOnFailure: true },
    )
  }, 300_000)
})

describe('building the models load by load', () => {
  it('gives the very rows of a full build: late, changed, moved and removed rows, and a watermark that moves', async () => {
    const stepwise = await factsIn({})
    const whole = await factsIn({})
    let incremental = 0
    await fc.assert(
      fc.asyncProperty(
        worlds('rich'),
        fc.array(fc.record({ facts: worlds('any'), watermark: fc.integer({ min: -3, max: 5 }) }), {
          minLength: 1,
          maxLength: 3,
        }),
        async (first: World, later) => {
          const options: BuildModelsOptions = { ...first, now }
          await replaceFacts(stepwise, first.facts)
          await replaceFacts(whole, first.facts)
          await buildModels(stepwise, options)
          for (const [index, { facts, watermark }] of later.entries()) {
            const loadId = `load-${index}`
            const few = split(facts.facts, 4, index)[0] ?? {}
            const through = new Date(first.watermark.getTime() + watermark * 43_200_000)
            await loadRows(stepwise, loadId, few)
            await loadRows(whole, loadId, few)
            const built = await buildModels(stepwise, { ...options, watermark: through, changedBy: loadId })
            expect(built.fullBecause).toBe(null)
            incremental += 1
            await buildModels(whole, { ...options, watermark: through })
            expect(await allRows(stepwise)).toEqual(await allRows(whole))
          }
        },
      ),
      { seed: 20261121, numRuns: 12 },
    )
    expect(incremental).toBeGreaterThan(12)
  }, 300_000)

  it('gives the same whether facts come in one load or in several', async () => {
    const warehouse = await factsIn({})
    await fc.assert(
      fc.asyncProperty(worlds('rich'), fc.integer({ min: 2, max: 4 }), fc.nat(5), async (world, count, seed) => {
        const { levels_in_force = [], sampling_frames = [] } = world.facts
        await replaceFacts(warehouse, world.facts)
        await buildModels(warehouse, { ...world, now })
        const atOnce = await allRows(warehouse)
        await replaceFacts(warehouse, { levels_in_force, sampling_frames })
        await buildModels(warehouse, { ...world, now })
        for (const [index, facts] of split(world.facts, count, seed).entries()) {
          await loadRows(warehouse, `part-${index}`, facts)
          await buildModels(warehouse, { ...world, now, changedBy: `part-${index}` })
        }
        expect(await allRows(warehouse)).toEqual(atOnce)
      }),
      { seed: 11, numRuns: 6 },
    )
  }, 300_000)

  it('follows a customer who calls every few days further back than the facts are read at first', async () => {
    const day = 86_400_000
    const calls = (customer_id: string, everyDays: number) =>
      Array.from({ length: 30 }, (_, call) => ({
        source: 's',
        interaction_id: `${customer_id}-${call}`,
        customer_id,
        started_at: new Date(Date.UTC(2026, 0, 1) + call * everyDays * day),
        claimed_resolution: 'unresolved' as const,
      }))
    const facts = { interactions: [...calls('daily', 1.5), ...calls('weekly', 6), ...calls('rare', 20)] }
    const late = { interactions: [...calls('daily', 1.4), ...calls('weekly', 6), ...calls('rare', 20)] }
    const warehouse = await factsIn(facts)
    const whole = await factsIn(facts)
    const options = { reportingTimeZone: 'Europe/Berlin', now, watermark: new Date('2026-08-01T00:00:00Z') }
    await buildModels(warehouse, options)
    // One call each, far along: moved by hours, gone, and one of a customer who was silent for long.
    const moved = [late.interactions[25], { ...late.interactions[55], is_deleted: true }, late.interactions[71]]
    const changes = { interactions: moved.map((row) => ({ ...row, interaction_type: 'other' })) }
    for (const each of [warehouse, whole]) await loadRows(each, 'late', changes)
    const built = await buildModels(warehouse, { ...options, changedBy: 'late' })
    expect(built.fullBecause).toBe(null)
    expect(built.days?.count).toBeGreaterThan(0)
    await buildModels(whole, options)
    expect(await allRows(warehouse)).toEqual(await allRows(whole))
  }, 120_000)

  it('reads a snapshot whose stages do not say when contacts began, and builds it anew with the next load', async () => {
    const [world] = fc.sample(worlds('rich'), { seed: 5, numRuns: 1 })
    if (world === undefined) throw new Error('no world')
    const warehouse = await factsIn(world.facts)
    const options = { ...world, now }
    await buildModels(warehouse, options)
    const built = await allRows(warehouse)
    for (const stage of contactStageNames.filter((name) => name !== 'repeat_chains')) {
      await warehouse.connection().run(`alter table ${stage} drop column started_at`)
    }
    await warehouse.db.updateTable('model_build').set({ foundation_sha256: 'of earlier queries' }).execute()
    const month = (await listMonths(warehouse.db))[0] ?? parseMonth('2026-03')
    const asked = {
      month,
      interactionType: null,
      metric: 'volume',
      cohort: 'all',
      scale: null,
      part: 'numerator',
    } as const
    expect((await listCountedContacts(warehouse, { ...asked, page: 1, pageSize: 50 })).rows.length).toBeGreaterThan(0)
    expect((await buildModels(warehouse, { ...options, changedBy: 'none' })).fullBecause).toContain('definitions')
    expect(await allRows(warehouse)).toEqual(built)
  }, 120_000)

  it('builds in full, and says why, when what the models rest on is another one', async () => {
    const [world] = fc.sample(worlds('rich'), { seed: 3, numRuns: 1 })
    if (world === undefined) throw new Error('no world')
    const warehouse = await factsIn(world.facts)
    const options = { ...world, now }
    expect((await buildModels(warehouse, { ...options, changedBy: 'l' })).fullBecause).toContain('nothing to build on')
    expect((await buildModels(warehouse, { ...options, changedBy: 'none' })).fullBecause).toBe(null)
    const elsewhere = { ...options, reportingTimeZone: 'Asia/Tokyo', changedBy: 'none' }
    expect((await buildModels(warehouse, elsewhere)).fullBecause).toContain('time zone')
    await buildModels(warehouse, options)
    await warehouse.db.deleteFrom('levels_in_force').execute()
    expect((await buildModels(warehouse, { ...options, changedBy: 'none' })).fullBecause).toContain('levels in force')
    await warehouse.db.deleteFrom('interactions').where('handled_by', '=', 'ai').execute()
    expect((await buildModels(warehouse, { ...options, changedBy: 'none' })).fullBecause).toContain('otherwise')
  }, 120_000)
})
