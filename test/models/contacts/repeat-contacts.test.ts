import { describe, expect, it } from 'vitest'
import { listMetricPoints } from '#models/monthly/list-metric-points.ts'
import { parseMonth } from '#models/reporting-month.ts'
import { describeOracle, num, oracleRows, text } from '../statistics/oracle.ts'
import { type Facts, warehouseOf } from '../warehouse-of.ts'

type Interactions = NonNullable<Facts['interactions']>
const at = (time: string) => new Date(`2026-01-${time}Z`)

async function nextOf(interactions: Interactions) {
  const warehouse = await warehouseOf({ interactions }, { watermark: new Date('2026-02-01T00:00:00Z') })
  const rows = await warehouse.db
    .selectFrom('contacts')
    .select(['interaction_id', 'next_interaction_id', 'repeat_gap_seconds', 'is_repeat_24h', 'is_repeat_48h'])
    .orderBy('interaction_id')
    .execute()
  return rows.map((row) => [
    row.interaction_id,
    row.next_interaction_id,
    row.repeat_gap_seconds,
    row.is_repeat_24h ? '24h' : row.is_repeat_48h ? '48h' : '-',
  ])
}

const contact = (interaction_id: string, started_at: Date, ended_at: Date | null = null) => ({
  interaction_id,
  customer_id: 'u',
  started_at,
  ended_at,
})

describe('the next contact about the same issue', () => {
  it('starts strictly later: contacts at the same instant share the next one and do not repeat each other', async () => {
    const found = await nextOf([
      contact('a', at('05T10:00:00')),
      contact('b', at('05T10:00:00')),
      contact('c', at('05T10:00:00')),
      contact('d', at('05T12:00:00')),
      contact('e', at('05T12:00:00')),
    ])
    expect(found).toEqual([
      ['a', 'd', 7200, '24h'],
      ['b', 'd', 7200, '24h'],
      ['c', 'd', 7200, '24h'],
      ['d', null, null, '-'],
      ['e', null, null, '-'],
    ])
  })

  it('counts from the end, with gap 0 where the earlier one is still open', async () => {
    const found = await nextOf([
      contact('a', at('05T10:00:00'), at('07T10:00:00')),
      contact('b', at('06T10:00:00'), at('06T11:00:00')),
      contact('c', at('08T11:00:01'), null),
    ])
    expect(found).toEqual([
      ['a', 'b', 0, '24h'],
      ['b', 'c', 172801, '-'],
      ['c', null, null, '-'],
    ])
  })

  it('is of the same customer and issue, in any channel and source; the type stands in for a missing issue', async () => {
    const found = await nextOf([
      { ...contact('a', at('05T10:00:00')), issue_key: 'order-1' },
      { ...contact('b', at('05T11:00:00')), issue_key: 'order-2' },
      {
        ...contact('c', at('05T12:00:00')),
        issue_key: 'order-1',
        channel: 'voice',
        source: 'other',
        interaction_type: 'u',
      },
      { ...contact('d', at('05T13:00:00')) },
      { ...contact('e', at('05T14:00:00')), interaction_type: 'u' },
      { ...contact('f', at('05T15:00:00')), customer_id: 'v' },
      { ...contact('g', at('05T16:00:00')) },
    ])
    expect(found.map(([id, next]) => [id, next])).toEqual([
      ['a', 'c'],
      ['b', null],
      ['c', null],
      ['d', 'g'],
      ['e', null],
      ['f', null],
      ['g', null],
    ])
  })

  it('is customer demand of its own: no reply of ours, nothing excluded, deleted, tested or without a real time', async () => {
    const noDemand = [
      { direction: 'outbound' as const },
      { exclusion: 'auto_reply' as const },
      { is_time_placeholder: true },
      { is_deleted: true },
      { is_test: true },
      { customer_id: null },
    ]
    const found = await nextOf([
      contact('a', at('05T10:00:00')),
      ...noDemand.map((each, index) => ({ ...contact(`x${index}`, at('05T11:00:00')), ...each })),
      { ...contact('z', at('05T12:00:00')), direction: 'inbound' as const },
    ])
    expect(found[0]).toEqual(['a', 'z', 7200, '24h'])
    expect(found.map(([id]) => id)).toEqual(['a', 'x0', 'x1', 'x2', 'x5', 'z'])
    expect(found.slice(1, -1).every(([, next]) => next === null)).toBe(true)
  })
})

const events = oracleRows('repeat_contact_events')

function oracleInteractions(): Interactions {
  return events.map((row) => ({
    interaction_id: text(row, 'contact_id'),
    customer_id: text(row, 'customer_id') || null,
    issue_key: text(row, 'issue_key'),
    channel: text(row, 'channel') as 'chat',
    started_at: new Date(text(row, 'started_at')),
    ended_at: new Date(text(row, 'ended_at')),
    direction: text(row, 'direction') as 'inbound',
    handled_by: text(row, 'handled_by') as 'ai',
    interaction_type: text(row, 'interaction_type'),
    exclusion: (text(row, 'excluded_reason') || null) as null,
  }))
}

describeOracle('repeat contact equals the reference', () => {
  it('repeat_contact_expected.csv: monthly rates over mature contacts only', async () => {
    for (const row of oracleRows('repeat_contact_expected')) {
      const month = parseMonth(text(row, 'index_month'))
      const warehouse = await warehouseOf(
        { interactions: oracleInteractions().map((each) => ({ ...each, interaction_type: 'all' })) },
        { watermark: new Date(text(row, 'watermark')) },
      )
      const metric = num(row, 'window_h') === 24 ? 'repeat_contact_rate_24h' : 'repeat_contact_rate_48h'
      const points = await listMetricPoints(warehouse.db, { from: month, through: month })
      const point = points.find((each) => each.metric === metric && each.cohort === 'all')
      expect(point?.denominator).toBe(num(row, 'n_mature'))
      expect(point?.numerator).toBe(num(row, 'repeated_mature'))
      expect(point?.value).toBeCloseTo(num(row, 'rate_mature'), 12)
      expect(point?.isFinal).toBe(text(row, 'final') === 'TRUE')
      const coverage = points.find((each) => each.metric === 'repeat_match_coverage' && each.cohort === 'all')
      expect(coverage?.numerator).toBe(num(row, 'n_index'))
    }
  })

  it('repeat_contact_classification.csv: every contact, at each watermark and window', async () => {
    for (const watermark of new Set(oracleRows('repeat_contact_classification').map((row) => text(row, 'watermark')))) {
      const warehouse = await warehouseOf({ interactions: oracleInteractions() }, { watermark: new Date(watermark) })
      const contacts = await warehouse.db.selectFrom('contacts').selectAll().execute()
      for (const row of oracleRows('repeat_contact_classification')) {
        if (text(row, 'watermark') !== watermark) continue
        const found = contacts.find((each) => each.interaction_id === text(row, 'contact_id'))
        const isDay = num(row, 'window_h') === 24
        const isMature = isDay ? found?.is_mature_24h : found?.is_mature_48h
        const isRepeat = isDay ? found?.is_repeat_24h : found?.is_repeat_48h
        const status = !found?.is_repeat_eligible
          ? 'excluded_no_identity'
          : !isMature
            ? 'immature'
            : isRepeat
              ? 'repeated'
              : 'not_repeated'
        expect(status, JSON.stringify(row)).toBe(text(row, 'status'))
        expect(found?.contact_month.slice(0, 7)).toBe(text(row, 'index_month'))
        if (status !== 'repeated') continue
        expect(found?.next_interaction_id).toBe(text(row, 'repeat_contact_id'))
        expect((found?.repeat_gap_seconds ?? 0) / 3600).toBeCloseTo(num(row, 'gap_h'), 5)
      }
    }
  })

  it('repeat_contact_chains.csv: head, members, length, and whether it can still grow', async () => {
    const warehouse = await warehouseOf(
      { interactions: oracleInteractions() },
      { watermark: new Date('2026-02-03T00:00:00Z') },
    )
    const contacts = await warehouse.db
      .selectFrom('contacts')
      .selectAll()
      .where('is_repeat_eligible', '=', true)
      .orderBy('started_at')
      .execute()
    const chains = contacts
      .filter((each) => each.is_chain_head)
      .map((head) => {
        const members = contacts.filter((each) => each.chain_head_id === head.interaction_id)
        expect(members.every((each) => each.chain_length === members.length)).toBe(true)
        return {
          chain: members.map((each) => each.interaction_id).join('>'),
          length: members.length,
          fcr: members.length === 1 ? 'TRUE' : 'FALSE',
          complete: head.is_chain_complete ? 'TRUE' : 'FALSE',
        }
      })
    const expected = oracleRows('repeat_contact_chains').map((row) => ({
      chain: text(row, 'chain'),
      length: num(row, 'length'),
      fcr: text(row, 'fcr'),
      complete: text(row, 'complete'),
    }))
    const byChain = (a: { chain: string }, b: { chain: string }) => (a.chain < b.chain ? -1 : 1)
    expect(chains.sort(byChain)).toEqual(expected.sort(byChain))
  })
})
