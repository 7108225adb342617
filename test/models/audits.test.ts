import { describe, expect, it } from 'vitest'
import { runAudits } from '#models/audits.ts'
import type { Warehouse } from '#models/warehouse/open-warehouse.ts'
import { type Facts, warehouseOf } from './warehouse-of.ts'

const at = new Date('2026-09-05T10:00:00Z')

const facts: Facts = {
  interactions: [
    { interaction_id: '1', started_at: at, customer_id: 'u' },
    { interaction_id: '2', started_at: at, handled_by: 'human' },
  ],
  qa_reviews: [{ review_id: '1', interaction_id: '1', sampled_at: at, reviewed_at: at, outcome: 'pass', score: 90 }],
  escalations: [{ escalation_id: '1', interaction_id: '1', escalated_at: at }],
}

/** Names of the audits that fail after the damage. */
async function failing(damage: (warehouse: Warehouse) => Promise<unknown>, before: Facts = facts): Promise<string[]> {
  const warehouse = await warehouseOf(before)
  await damage(warehouse)
  const failures = await runAudits(warehouse)
  for (const failure of failures) expect(failure.rowCount).toBeGreaterThan(0)
  return [...new Set(failures.map((failure) => failure.audit))]
}

describe('audits', () => {
  it('pass sound models, and an empty warehouse', async () => {
    expect(await failing(async () => {})).toEqual([])
    expect(await failing(async () => {}, {})).toEqual([])
  })

  it('find a natural key that is there twice', async () => {
    const twice = { ...facts, escalations: [...(facts.escalations ?? []), ...(facts.escalations ?? [])] }
    expect(await failing(async () => {}, twice)).toEqual(['natural_key'])
  })

  it('find a fact without its interaction, of the same source', async () => {
    const orphan = { escalation_id: '2', interaction_id: '1', escalated_at: at, source: 'other' }
    expect(await failing(async () => {}, { ...facts, escalations: [orphan] })).toEqual(['orphans'])
  })

  it('find a load whose counts do not add up', async () => {
    const row = { load_id: 'l', entity: 'interactions', read_count: 10, loaded_count: 5, unchanged_count: 2 }
    const insert = (quarantined_count: number) => (warehouse: Warehouse) =>
      warehouse.db
        .insertInto('load_counts')
        .values({ ...row, superseded_count: 2, quarantined_count })
        .execute()
    expect(await failing(insert(1))).toEqual([])
    expect(await failing(insert(0))).toEqual(['load_counts'])
  })

  it('find levels in force that overlap and double the contacts', async () => {
    const level = { interaction_type: 't', effective_from: new Date('2026-01-01T00:00:00Z'), effective_to: null }
    const levels_in_force = [
      { ...level, oversight_level: 'human_as_the_loop' as const },
      { ...level, oversight_level: 'human_on_the_loop' as const },
    ]
    expect(await failing(async () => {}, { ...facts, levels_in_force })).toContain('contacts_reconcile')
  })

  it('find daily and monthly numbers that left the rows they came from', async () => {
    expect(await failing(({ db }) => db.updateTable('daily_counts').set({ escalated_count: 7 }).execute())).toEqual([
      'daily_reconcile',
      'monthly_reconcile',
    ])
    expect(
      await failing(({ db }) => db.deleteFrom('monthly_metrics').where('metric', '=', 'volume').execute()),
    ).toEqual(['monthly_reconcile'])
    // A month that an incremental build left as it was: its counts are old, its shares still shares.
    for (const metric of ['ai_error_rate', 'escalation_rate', 'qa_score', 'qa_coverage'] as const) {
      expect(
        await failing(({ db }) =>
          db.updateTable('monthly_metrics').set({ denominator: 9 }).where('metric', '=', metric).execute(),
        ),
        metric,
      ).toContain('monthly_reconcile')
    }
    expect(
      await failing(({ db }) =>
        db.deleteFrom('monthly_metrics').where('metric', '=', 'repeat_contact_rate_7d').execute(),
      ),
    ).toEqual(['monthly_reconcile'])
    expect(
      await failing(({ db }) =>
        db.updateTable('monthly_metrics').set({ value: 1.5 }).where('metric', '=', 'ai_share').execute(),
      ),
    ).toEqual(['shares'])
    expect(
      await failing(({ db }) =>
        db
          .insertInto('monthly_metrics')
          .expression(db.selectFrom('monthly_metrics').selectAll().where('metric', '=', 'qa_score'))
          .execute(),
      ),
    ).toEqual(['monthly_reconcile', 'monthly_key'])
  })

  it('find a value without data, data without a value, and a limit outside 0..1', async () => {
    const set = (
      row: { value: number | null } | { lower: number },
      metric: 'judge_agreement' | 'qa_score' | 'ai_error_rate',
    ) => failing(({ db }) => db.updateTable('monthly_metrics').set(row).where('metric', '=', metric).execute())
    expect(await set({ value: 0 }, 'judge_agreement')).toEqual(['no_data'])
    expect(await set({ value: null }, 'qa_score')).toEqual(['no_data'])
    expect(await set({ lower: -0.1 }, 'ai_error_rate')).toEqual(['shares'])
  })

  it('hold what hangs on contacts against the touched days and the month before them, volume against all', async () => {
    const both: Facts = {
      ...facts,
      interactions: [
        ...(facts.interactions ?? []),
        { interaction_id: 'old', started_at: new Date('2026-07-01T10:00:00Z'), customer_id: 'v' },
      ],
    }
    const warehouse = await warehouseOf(both)
    const { db, dialect } = warehouse
    const audit = async (first: string | null) => {
      const days = { first, last: first, count: first === null ? 0 : 1 }
      return (await runAudits(warehouse, days)).map((failure) => failure.audit)
    }
    const countOn = (day: string, change: { escalated_count: number } | { contact_count: number }) =>
      db.updateTable('daily_counts').set(change).where('contact_date', '=', dialect.day(day)).execute()

    expect(await audit('2026-09-05')).toEqual([])
    await countOn('2026-07-01', { escalated_count: 1 })
    expect(await audit('2026-09-05')).toEqual([])
    expect(await audit(null)).toEqual([])
    expect(await audit('2026-07-20')).toEqual(['daily_reconcile', 'monthly_reconcile'])
    expect((await runAudits(warehouse)).map((failure) => failure.audit)).toEqual([
      'daily_reconcile',
      'monthly_reconcile',
    ])
    await countOn('2026-07-01', { contact_count: 2 })
    expect(await audit(null)).toEqual(expect.arrayContaining(['contacts_reconcile', 'monthly_reconcile']))
  })
})
