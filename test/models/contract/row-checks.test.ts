import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { typeInputSchema } from '#governance/registry/type-input.ts'
import { entityColumns } from '#models/contract/columns.ts'
import { contractDdl } from '#models/contract/ddl.ts'
import { type EntityName, entityNames } from '#models/contract/entities.ts'
import { interaction } from '#models/contract/interaction.ts'
import { rowChecks } from '#models/contract/row-checks.ts'
import { duckDbSql } from '#models/warehouse/duckdb-sql.ts'
import { openWarehouse } from '#models/warehouse/open-warehouse.ts'
import { temporaryFolder } from '../warehouse/temporary-folder.ts'

const now = new Date('2026-10-01T00:00:00Z')

const goodInteraction: Record<string, string> = {
  source: 's',
  interaction_id: '1',
  interaction_type: 't',
  channel: 'chat',
  started_at: '2026-09-01T10:00:00Z',
  handled_by: 'ai',
}
const goodReview: Record<string, string> = {
  source: 's',
  review_id: '1',
  interaction_id: '1',
  reviewer_id: 'r',
  reviewer_kind: 'human',
  sampling: 'random',
  sampled_at: '2026-09-01T10:00:00+02:00',
}
const goodSurvey: Record<string, string> = {
  source: 's',
  response_id: '1',
  interaction_id: '1',
  offered_at: '2026-09-01T10:00:00Z',
  scale: 'three_point',
}

/** The broken rules of one row of texts, staged and cast as a load does it. */
async function broken(name: EntityName, row: Record<string, string>): Promise<string[]> {
  const warehouse = await openWarehouse(join(await temporaryFolder(), 'w.duckdb'), { mode: 'write' })
  onTestFinished(() => warehouse.close())
  const columns = entityColumns(name)
  const texts = columns.map((column) => {
    const value = row[column.name]
    return `${value === undefined ? 'null::varchar' : duckDbSql.text(value)} as "raw_${column.name}"`
  })
  const casts = columns.map(
    (column) => `${duckDbSql.canonicalCast(`"raw_${column.name}"`, column.type)} as "${column.name}"`,
  )
  await warehouse
    .connection()
    .run(`create temp table staged as select *, ${casts.join(', ')} from (select ${texts.join(', ')})`)
  const checks = rowChecks(name, { dialect: duckDbSql, now, raw: (column) => `"raw_${column}"` })
  const flags = await warehouse
    .connection()
    .runAndReadAll(`select ${checks.map((check, index) => `${check.predicate} as c${index}`).join(', ')} from staged`)
  const [values] = flags.getRowsJS()
  return checks.flatMap((check, index) => {
    expect(typeof values?.[index]).toBe('boolean')
    return values?.[index] === true ? [`${check.field}: ${check.rule}`] : []
  })
}

describe('row checks', () => {
  it('pass a good row of every shape', async () => {
    expect(await broken('interactions', goodInteraction)).toEqual([])
    const full = {
      ...goodInteraction,
      ended_at: '2026-09-01 12:00:00.5+02',
      ai_confidence: '0.6',
      sentiment: '-1',
      customer_tier: 'vip',
      risk_topics: '["privacy, EU", "safety"]',
      reopened: 'true',
      value_at_stake: '12.50',
    }
    expect(await broken('interactions', full)).toEqual([])
    expect(
      await broken('qa_reviews', { ...goodReview, due_at: '2026-12-01T00:00:00Z', inclusion_probability: '1' }),
    ).toEqual([])
    expect(await broken('csat_responses', { ...goodSurvey, responded_at: '2026-09-01T10:00:00Z', score: '3' })).toEqual(
      [],
    )
  })

  it('name the field and the rule of each kind of fault', async () => {
    const cases: [EntityName, Record<string, string>, string][] = [
      ['interactions', { ...goodInteraction, interaction_id: '' }, 'interaction_id: missing_value'],
      ['interactions', { ...goodInteraction, channel: 'fax' }, 'channel: unknown_value'],
      ['interactions', { ...goodInteraction, customer_tier: 'gold' }, 'customer_tier: unknown_value'],
      ['interactions', { ...goodInteraction, ai_confidence: '1.01' }, 'ai_confidence: out_of_bounds'],
      ['interactions', { ...goodInteraction, ai_confidence: '90 %' }, 'ai_confidence: unreadable_value'],
      ['interactions', { ...goodInteraction, value_at_stake: 'NaN' }, 'value_at_stake: unreadable_value'],
      ['interactions', { ...goodInteraction, value_at_stake: '-1' }, 'value_at_stake: out_of_bounds'],
      ['interactions', { ...goodInteraction, is_test: 'perhaps' }, 'is_test: unreadable_value'],
      ['interactions', { ...goodInteraction, started_at: '1989-12-31T23:59:59Z' }, 'started_at: implausible_date'],
      ['interactions', { ...goodInteraction, started_at: '2026-10-02T00:00:01Z' }, 'started_at: implausible_date'],
      ['interactions', { ...goodInteraction, ended_at: '2026-09-01T09:59:59Z' }, 'ended_at: ends_before_start'],
      ['interactions', { ...goodInteraction, updated_at: '22-04-15' }, 'updated_at: unreadable_value'],
      ['qa_reviews', { ...goodReview, inclusion_probability: '0' }, 'inclusion_probability: out_of_bounds'],
      ['qa_reviews', { ...goodReview, reviewed_at: '2026-09-01T07:59:59Z' }, 'reviewed_at: ends_before_start'],
      ['csat_responses', { ...goodSurvey, score: '0' }, 'score: out_of_scale'],
      ['csat_responses', { ...goodSurvey, score: '4' }, 'score: out_of_scale'],
    ]
    for (const [name, row, expected] of cases) expect(await broken(name, row)).toEqual([expected])
  })

  it('take any name of a type that can be read and addressed, exactly as the schema and the registry do', async () => {
    const schema = interaction.shape.interaction_type
    const long = (length: number) => '\u{1f4e6}'.repeat(length)
    const good = [
      'Order status',
      'Billing/Refund',
      '100%',
      'Größe & Maß?',
      'a',
      '...',
      '.x',
      "l'envoi",
      '退款',
      long(200),
    ]
    const marks = ['a\u0007b', 'a\tb', 'a\u0085b', 'a\u2028b', 'a\u202eb', '\u200fa', 'a\u2066b']
    const bad = [
      ' ',
      '\u00a0',
      ' a',
      'a ',
      'a\u00a0',
      '\ufeffa',
      '.',
      '..',
      'a.data',
      'a%2Fb',
      'a%2fb',
      long(201),
      ...marks,
    ]
    for (const interaction_type of [...good, ...bad]) {
      const isGood = good.includes(interaction_type)
      expect(await broken('interactions', { ...goodInteraction, interaction_type }), interaction_type).toEqual(
        isGood ? [] : ['interaction_type: unusable_name'],
      )
      expect(schema.safeParse(interaction_type).success, interaction_type).toBe(isGood)
      expect(typeInputSchema.shape.interactionType.safeParse(interaction_type).success).toBe(isGood)
    }
    expect(schema.safeParse('a\ud800').success).toBe(false)
  })

  it('do not guess the zone of an instant without one', async () => {
    for (const text of ['2026-09-01T10:00:00', '2026-09-01', '2026-09-01 10:00']) {
      expect(await broken('interactions', { ...goodInteraction, started_at: text })).toEqual([
        'started_at: unreadable_value',
      ])
    }
  })

  it('cover every required column, enumeration and instant of the contract', () => {
    for (const name of entityNames) {
      const checks = rowChecks(name, { dialect: duckDbSql, now })
      for (const column of entityColumns(name)) {
        const rules = checks.filter((check) => check.field === column.name).map((check) => check.rule)
        expect(rules.includes('missing_value')).toBe(column.isRequired)
        expect(rules.includes('unknown_value')).toBe(column.values !== null)
        expect(rules.includes('implausible_date')).toBe(column.type === 'instant')
      }
    }
  })
})

describe('the DDL of the contract', () => {
  it('makes required columns not null and gives every table its lineage', () => {
    const ddl = contractDdl(duckDbSql)
    expect(ddl).toContain('"started_at" timestamptz not null')
    expect(ddl).toContain('"risk_topics" varchar[]')
    expect(ddl.match(/"source_row" bigint not null/g)).toHaveLength(entityNames.length)
  })
})
