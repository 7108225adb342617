import { describe, expect, it } from 'vitest'
import { parseMonth } from '#models/reporting-month.ts'
import { listSegmentCounts, type SegmentFilter, type SegmentKind } from '#models/segments/list-segment-counts.ts'
import { type Facts, warehouseOf } from '../warehouse-of.ts'

const september = parseMonth('2026-09')
const at = new Date('2026-09-10T10:00:00Z')

type Contact = NonNullable<Facts['interactions']>[number] & { outcome?: 'pass' | 'fail' }

/** Each contact with a completed random review where an outcome is given. */
function world(...contacts: Contact[]): Facts {
  return {
    interactions: contacts.map(({ outcome: _outcome, ...contact }, index) => ({
      interaction_id: `c${index}`,
      started_at: at,
      ...contact,
    })),
    qa_reviews: contacts.flatMap(({ outcome, started_at }, index) =>
      outcome === undefined
        ? []
        : [
            {
              review_id: `r${index}`,
              interaction_id: `c${index}`,
              sampled_at: started_at ?? at,
              reviewed_at: new Date('2026-09-30T10:00:00Z'),
              outcome,
            },
          ],
    ),
  }
}

async function countsOf(facts: Facts, kind: SegmentKind, more: Partial<SegmentFilter> = {}) {
  const { db } = await warehouseOf(facts)
  const rows = await listSegmentCounts(db, { from: september, through: september, kinds: [kind], ...more })
  return rows.map(({ month, segment, contacts, sentAlone, reviewed, errors }) => [
    month,
    segment,
    contacts,
    sentAlone,
    reviewed,
    errors,
  ])
}

describe('customer segments', () => {
  it('overlap: a distressed VIP whom the last contact failed counts in all three', async () => {
    const facts = world(
      { customer_id: 'k', customer_tier: 'vip', started_at: new Date('2026-09-08T10:00:00Z'), outcome: 'fail' },
      { customer_id: 'k', customer_tier: 'vip', sentiment: -0.5, handled_by: 'ai_assisted', outcome: 'fail' },
      { customer_id: 'm', customer_tier: 'standard', sentiment: -0.4, outcome: 'pass' },
    )
    expect(await countsOf(facts, 'customers')).toEqual([
      ['2026-09', 'distressed', 1, 0, 1, 1],
      ['2026-09', 'trust_recovery', 1, 0, 1, 1],
      ['2026-09', 'vip', 2, 1, 2, 2],
    ])
  })

  it('hold nobody whose tier or sentiment is not known, and no contact of people', async () => {
    const facts = world({ outcome: 'fail' }, { customer_tier: 'vip', sentiment: -1, handled_by: 'human' })
    expect(await countsOf(facts, 'customers')).toEqual([])
  })

  it('are counted by month and type, in the asked ones only', async () => {
    const vip = { customer_tier: 'vip' } as const
    const facts = world(
      { ...vip, started_at: new Date('2026-07-31T23:59:59Z') },
      { ...vip, started_at: new Date('2026-08-01T00:00:00Z') },
      { ...vip, interaction_type: 'other' },
      vip,
      { ...vip, started_at: new Date('2026-10-01T00:00:00Z') },
    )
    const asked = { from: parseMonth('2026-08'), interactionType: 't' }
    expect(await countsOf(facts, 'customers', asked)).toEqual([
      ['2026-08', 'vip', 1, 1, 0, 0],
      ['2026-09', 'vip', 1, 1, 0, 0],
    ])
  })
})

describe('channels and languages', () => {
  const facts = world(
    { channel: 'chat', language: 'de', outcome: 'fail' },
    { channel: 'chat', language: 'de-AT', outcome: 'pass', handled_by: 'ai_assisted' },
    { channel: 'voice', language: null, outcome: 'pass' },
    { channel: 'voice' },
    { channel: 'email', language: 'de', handled_by: 'human' },
    { channel: 'email', language: 'fr', is_test: true },
  )

  it('each count their contacts; a language that nobody gave is unknown, no language of its own is made up', async () => {
    expect(await countsOf(facts, 'channel')).toEqual([
      ['2026-09', 'chat', 2, 1, 2, 1],
      ['2026-09', 'voice', 2, 2, 1, 0],
    ])
    expect(await countsOf(facts, 'language')).toEqual([
      ['2026-09', 'de', 1, 1, 1, 1],
      ['2026-09', 'de-AT', 1, 0, 1, 0],
      ['2026-09', 'unknown', 2, 2, 1, 0],
    ])
  })

  it('are left out with fewer reviews than asked for, over all the months together', async () => {
    expect((await countsOf(facts, 'channel', { minimumReviews: 2 })).map(([, segment]) => segment)).toEqual(['chat'])
    const overMonths = world(
      { channel: 'chat', outcome: 'pass', started_at: new Date('2026-08-10T10:00:00Z') },
      { channel: 'chat', outcome: 'pass' },
      { channel: 'voice', outcome: 'pass' },
    )
    const asked = { from: parseMonth('2026-08'), minimumReviews: 2 }
    expect((await countsOf(overMonths, 'channel', asked)).map(([month, segment]) => [month, segment])).toEqual([
      ['2026-08', 'chat'],
      ['2026-09', 'chat'],
    ])
  })

  it('add up to the same totals on both roads, from the daily counts and from the contacts', async () => {
    const sums = async (kind: SegmentKind) =>
      (await countsOf(facts, kind)).reduce<number[]>(
        (sum, [, , ...counts]) => counts.map((count, index) => (sum[index] ?? 0) + Number(count)),
        [],
      )
    expect(await sums('channel')).toEqual(await sums('language'))
  })
})
