import { createHash } from 'node:crypto'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sampleEntities } from '#etl/sample/sample-sql.ts'
import { graduatingType, typeStories } from '#etl/sample/stories.ts'
import { writeSample } from '#etl/sample/write-sample.ts'
import { OversightError } from '#models/oversight-error.ts'
import { parseMonth } from '#models/reporting-month.ts'

const until = parseMonth('2026-09')
let directory: string
let connection: DuckDBConnection

const folder = (name: string) => join(directory, name)
const checksum = (name: string) =>
  sampleEntities.map((entity) =>
    createHash('sha256')
      .update(readFileSync(join(folder(name), `${entity}.parquet`)))
      .digest('hex'),
  )

async function rows(sql: string): Promise<Record<string, unknown>[]> {
  return (await connection.runAndReadAll(sql)).getRowObjectsJson()
}

/** One number per type, over the last three months. */
async function byType(value: string, from: string): Promise<Record<string, number>> {
  const result = await rows(
    `SELECT interaction_type, (${value})::DOUBLE AS value FROM ${from}
     WHERE started_at >= TIMESTAMPTZ '2026-07-01' AND NOT is_test GROUP BY interaction_type`,
  )
  return Object.fromEntries(result.map((row) => [row.interaction_type, Number(row.value)]))
}

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'oversight-sample-'))
  await writeSample({ directory: folder('full'), seed: 7, until, months: 18, interactions: 100_000 })
  connection = await (await DuckDBInstance.create(':memory:')).connect()
  await connection.run("SET TimeZone = 'UTC'")
  for (const entity of sampleEntities) {
    await connection.run(`CREATE VIEW ${entity} AS FROM '${join(folder('full'), `${entity}.parquet`)}'`)
  }
  await connection.run(`CREATE VIEW labels AS
    SELECT i.*, q.* EXCLUDE (source, interaction_id) FROM interactions i JOIN qa_reviews q USING (interaction_id)
    WHERE reviewer_kind = 'human' AND reviewer_id <= 'reviewer-08'`)
}, 120_000)

afterAll(() => {
  connection.closeSync()
  rmSync(directory, { recursive: true, force: true })
})

describe('demonstration data', () => {
  it('is the same, byte for byte, for the same seed, and another for another', async () => {
    const options = { until, months: 18, interactions: 5000 }
    await writeSample({ ...options, directory: folder('a'), seed: 7 })
    await writeSample({ ...options, directory: folder('b'), seed: 7 })
    await writeSample({ ...options, directory: folder('c'), seed: 8 })
    expect(checksum('b')).toEqual(checksum('a'))
    expect(checksum('c')[0]).not.toBe(checksum('a')[0])
    expect(existsSync(join(folder('a'), 'interactions.parquet.part'))).toBe(false)
  })

  it('has about 100,000 contacts of 14 types in 18 months', async () => {
    const [total] = await rows(
      `SELECT count(*)::INTEGER AS n, count(DISTINCT interaction_type)::INTEGER AS types,
         count(DISTINCT date_trunc('month', started_at))::INTEGER AS months, max(ended_at)::VARCHAR AS last FROM interactions`,
    )
    expect(Math.abs(Number(total?.n) / 100_000 - 1)).toBeLessThan(0.01)
    expect(total).toMatchObject({ types: 14, months: 18 })
    expect(String(total?.last) < '2026-10-01').toBe(true)
  })

  it.each(sampleEntities)('gives every row of %s an identifier of its own', async (entity) => {
    const key = {
      interactions: 'interaction',
      escalations: 'escalation',
      qa_reviews: 'review',
      csat_responses: 'response',
    }
    const column = entity === 'change_events' ? 'change_id' : `${key[entity]}_id`
    const [row] = await rows(`SELECT count(*) = count(DISTINCT ${column}) AS is_unique FROM ${entity}`)
    expect(row?.is_unique).toBe(true)
  })

  it('keeps time in order: reviews after contacts, answers after surveys, all within a week of the last month', async () => {
    expect(
      await rows(`SELECT 1 FROM labels WHERE sampled_at <= ended_at OR reviewed_at <= sampled_at OR reviewed_at > '2026-10-08'
        UNION ALL SELECT 1 FROM csat_responses WHERE responded_at <= offered_at OR responded_at >= '2026-10-08'
        UNION ALL SELECT 1 FROM interactions WHERE ended_at < started_at
        UNION ALL SELECT 1 FROM escalations JOIN interactions USING (interaction_id) WHERE escalated_at NOT BETWEEN started_at AND ended_at`),
    ).toEqual([])
  })

  it('finds the planted AI shares and escalations again', async () => {
    const ai = await byType("avg((handled_by = 'ai')::INT)", 'interactions')
    for (const type of ['password_reset', 'delivery_change', 'privacy_request']) {
      const story = typeStories.find((each) => each.interactionType === type)
      expect(Math.abs((ai[type] ?? 1) - Number(story?.sentByAi))).toBeLessThan(0.03)
    }
    const [graduating] = await rows(`SELECT avg(is_alone::INT) FILTER (started_at < '2026-07-01') AS before,
        avg(is_alone::INT) FILTER (started_at >= '2026-07-01') AS after
      FROM (SELECT handled_by = 'ai' AS is_alone, started_at FROM interactions
        WHERE interaction_type = '${graduatingType}' AND NOT is_test)`)
    expect(Number(graduating?.before)).toBe(0)
    expect(Math.abs(Number(graduating?.after) - 0.74)).toBeLessThan(0.03)
    const handed = await byType(
      'avg((escalation_id IS NOT NULL)::INT)',
      'interactions LEFT JOIN escalations USING (interaction_id)',
    )
    expect(handed.safety_report).toBeGreaterThan(0.55)
    expect(handed.privacy_request).toBe(0)
  })

  it('plants each error rate: draws of one contact are independent', async () => {
    const [error] = await rows(`SELECT avg((outcome = 'fail')::INT) AS rate, count(*)::INTEGER AS n FROM labels
      WHERE outcome IS NOT NULL AND interaction_type IN ('subscription_cancel')`)
    // 1,750 reviews at 5 %: standard error 0.5 points.
    expect(Math.abs(Number(error?.rate) - 0.05)).toBeLessThan(0.016)
    const [correlation] = await rows(`SELECT corr((outcome = 'fail')::INT, epoch(reviewed_at - sampled_at)) AS delay,
        corr((outcome = 'fail')::INT, hour(started_at)) AS hour FROM labels WHERE outcome IS NOT NULL AND customer_tier = 'standard'
        AND interaction_type NOT IN ('technical_troubleshooting', 'refund_request')`)
    expect(Math.abs(Number(correlation?.delay))).toBeLessThan(0.03)
    expect(Math.abs(Number(correlation?.hour))).toBeLessThan(0.03)
  })

  it('states confidence that means what it says, and after the model change too much of it for refund_request', async () => {
    // Sample seed 7. Of all AI contacts, by what reviewers found: how far accuracy lies from stated confidence.
    const gap = async (where: string) => {
      const [row] = await rows(`SELECT avg((outcome = 'pass')::INT - ai_confidence) AS gap, count(*)::INTEGER AS n,
        stddev_samp((outcome = 'pass')::INT - ai_confidence) / sqrt(count(*)) AS error
        FROM labels WHERE outcome IS NOT NULL AND ${where}`)
      return { gap: Number(row?.gap), error: Number(row?.error) }
    }
    const others = "interaction_type <> 'refund_request'"
    for (const where of [
      others,
      `${others} AND ai_confidence < 0.9`,
      "interaction_type = 'refund_request' AND started_at < '2026-01-01'",
    ]) {
      const found = await gap(where)
      expect(Math.abs(found.gap)).toBeLessThan(4 * found.error)
    }
    expect((await gap("interaction_type = 'refund_request' AND started_at >= '2026-01-01'")).gap).toBeLessThan(-0.05)
    const [banded] = await rows(
      `SELECT avg((ai_confidence < 0.9)::INT) AS below FROM interactions WHERE ai_confidence IS NOT NULL`,
    )
    expect(Number(banded?.below)).toBeGreaterThan(0.03)
  })

  it('delivery_change: at least 1,200 contacts, 100 finished random reviews and 30 % answered surveys every month', async () => {
    const months = await rows(`SELECT date_trunc('month', started_at) AS month, count(*)::INTEGER AS contacts,
        count(q.reviewed_at)::INTEGER AS reviews, count(s.responded_at) / count(s.response_id) AS answered
      FROM interactions i LEFT JOIN (SELECT interaction_id, reviewed_at FROM labels) q USING (interaction_id)
        LEFT JOIN csat_responses s USING (interaction_id)
      WHERE interaction_type = 'delivery_change' AND NOT is_test GROUP BY 1`)
    expect(months).toHaveLength(18)
    for (const month of months) {
      expect(Number(month.contacts)).toBeGreaterThanOrEqual(1200)
      expect(Number(month.reviews)).toBeGreaterThanOrEqual(100)
      expect(Math.abs(Number(month.answered) - 0.3)).toBeLessThan(0.045)
    }
  })

  it('warranty_claim: 8 reviews drawn a month', async () => {
    const drawn = await rows(
      `SELECT count(*)::INTEGER AS n FROM labels WHERE interaction_type = 'warranty_claim' GROUP BY date_trunc('month', started_at)`,
    )
    expect(drawn.map(({ n }) => n)).toEqual(Array(18).fill(8))
  })

  it('address_change: VIP customers fail where others do not', async () => {
    const [row] = await rows(`SELECT avg((outcome = 'fail')::INT) FILTER (customer_tier = 'vip') AS vip,
      avg((outcome = 'fail')::INT) FILTER (customer_tier = 'standard') AS standard FROM labels
      WHERE interaction_type = 'address_change' AND outcome IS NOT NULL`)
    expect(Number(row?.vip)).toBeGreaterThan(0.15)
    expect(Number(row?.standard)).toBeLessThan(0.02)
  })

  it('billing_dispute: the judge agrees on about 70 %, elsewhere on about 96 %', async () => {
    const agreement =
      await rows(`SELECT interaction_type = 'billing_dispute' AS is_story, avg((h.outcome = j.outcome)::INT) AS agreement
      FROM labels h JOIN qa_reviews j USING (interaction_id) WHERE j.reviewer_kind = 'judge' AND h.outcome IS NOT NULL GROUP BY 1`)
    for (const row of agreement)
      expect(Math.abs(Number(row.agreement) - (row.is_story ? 0.7 : 0.96))).toBeLessThan(0.04)
  })

  it('technical_troubleshooting: reviews are skipped or late at the end', async () => {
    const done = await byType('count(reviewed_at) / count(*)', 'labels')
    const inTime = await byType('count(*) FILTER (reviewed_at <= due_at) / count(reviewed_at)', 'labels')
    expect(done.technical_troubleshooting).toBeLessThan(0.82)
    expect(inTime.technical_troubleshooting).toBeLessThan(0.6)
    expect(done.delivery_change).toBeGreaterThan(0.95)
  })

  it('product_faq and promo_code: more is sent by AI; product_faq satisfies less', async () => {
    const half = (from: string, until: string) => `started_at >= '${from}' AND started_at < '${until}'`
    const [row] = await rows(`SELECT
        avg((handled_by = 'ai')::INT) FILTER (interaction_type = 'product_faq' AND ${half('2026-09-01', '2026-10-01')}) AS faq_ai,
        avg((handled_by = 'ai')::INT) FILTER (interaction_type = 'promo_code' AND ${half('2026-09-01', '2026-10-01')}) AS promo_ai,
        avg((handled_by = 'ai')::INT) FILTER (interaction_type = 'promo_code' AND ${half('2025-04-01', '2026-04-01')}) AS promo_before,
        avg((score >= 4)::INT) FILTER (interaction_type = 'product_faq' AND ${half('2025-04-01', '2025-10-01')}) AS early,
        avg((score >= 4)::INT) FILTER (interaction_type = 'product_faq' AND ${half('2026-07-01', '2026-10-01')}) AS late
      FROM interactions LEFT JOIN csat_responses USING (interaction_id)`)
    expect(Number(row?.faq_ai)).toBeGreaterThan(0.75)
    expect(Number(row?.promo_ai)).toBeGreaterThan(0.1)
    expect(Number(row?.promo_before)).toBe(0)
    expect(Number(row?.early) - Number(row?.late)).toBeGreaterThan(0.08)
  })

  it('account_access: customers come back more and more, also in the very last days', async () => {
    await connection.run(`CREATE OR REPLACE TEMP VIEW repeats AS
      SELECT interaction_type, started_at, customer_id,
        coalesce(lead(started_at) OVER (PARTITION BY customer_id, issue_key ORDER BY started_at) - ended_at <= INTERVAL 48 HOUR, false) AS is_repeat
      FROM interactions WHERE customer_id IS NOT NULL AND issue_key IS NOT NULL`)
    const rate = async (from: string, type: string) => {
      const [row] = await rows(
        `SELECT avg(is_repeat::INT) AS rate FROM repeats WHERE started_at >= '${from}' AND interaction_type = '${type}'`,
      )
      return Number(row?.rate)
    }
    expect(Math.abs((await rate('2026-08-01', 'account_access')) - 0.19)).toBeLessThan(0.05)
    expect(Math.abs((await rate('2025-04-01', 'order_status')) - 0.06)).toBeLessThan(0.01)
    expect(await rate('2026-09-24', 'delivery_change')).toBeGreaterThan(0.03)
  })

  it('all AI contacts of a month carry one version, the new one from the model change on', async () => {
    expect(
      await rows(`SELECT ai_version, min(date_trunc('month', started_at))::DATE::VARCHAR AS first FROM interactions
        WHERE ai_version IS NOT NULL GROUP BY 1 ORDER BY 1`),
    ).toEqual([
      { ai_version: 'assist-2.3', first: '2025-04-01' },
      { ai_version: 'assist-3.0', first: '2026-01-01' },
    ])
  })

  it.each([
    ['interactions', { interactions: 10 }],
    ['months', { months: 0 }],
    ['seed', { seed: -1 }],
  ])('refuses a senseless %s', async (name, wrong) => {
    const options = { directory: folder('x'), seed: 1, until, months: 18, interactions: 5000, ...wrong }
    await expect(writeSample(options)).rejects.toThrow(OversightError)
    await expect(writeSample(options)).rejects.toThrow(`--${name}`)
  })
})
