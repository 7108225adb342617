import { describe, expect, it } from 'vitest'
import { type EvidenceFilter, isNarrowed, noFilter } from '#app/evidence/filter/evidence-filter.ts'
import { filteredIndex } from '#app/evidence/filter/filtered-index.ts'
import { parseRowsRequest } from '#app/evidence/interactions/rows-request.ts'
import { buildOutcomes } from '#app/evidence/outcomes/outcomes-view.ts'
import { indexPoints } from '#app/evidence/point-index.ts'
import { factTableCsv } from '#app/exports/fact-table.ts'
import { listChainLengths } from '#models/contacts/list-chain-lengths.ts'
import { listCountedContacts } from '#models/contacts/list-counted-contacts.ts'
import { listReturns } from '#models/contacts/list-returns.ts'
import { listDefectCounts } from '#models/defects/list-defect-counts.ts'
import { listEscalationReasons } from '#models/escalations/list-escalation-reasons.ts'
import { metricIds } from '#models/metrics.ts'
import { listFilteredPoints } from '#models/monthly/list-filtered-points.ts'
import { listMetricPoints } from '#models/monthly/list-metric-points.ts'
import { addMonths, parseMonth } from '#models/reporting-month.ts'
import { listSegmentCounts } from '#models/segments/list-segment-counts.ts'
import { duckDbSql } from '#models/warehouse/duckdb-sql.ts'
import { getSnapshotInfo } from '#models/warehouse/get-snapshot-info.ts'
import { type Facts, warehouseOf } from '#test/models/warehouse-of.ts'

const month = parseMonth('2026-09')
const interactionType = 't'
const at = (day: number, hour = 8) => new Date(Date.UTC(2026, 8, day, hour))

/**
 * Eight AI contacts of September by customers a to h, one by a person. Customer a comes back twice within 48 h, the
 * second time about the same issue under another type; b and e write e-mails, the others chat; two random reviews are wrong, one finds a bad tone, one targeted
 * review finds a hallucination.
 */
const facts: Facts = {
  interactions: [
    ...['a', 'b', 'c', 'd', 'e', 'f'].map((customer, index) => ({
      interaction_id: `${customer}1`,
      customer_id: customer,
      issue_key: `issue-${customer}`,
      started_at: at(1 + index),
      ended_at: at(1 + index, 9),
      language: index < 4 ? 'de' : null,
      channel: customer === 'b' || customer === 'e' ? ('email' as const) : ('chat' as const),
      claimed_resolution: 'assumed' as const,
    })),
    { interaction_id: 'a2', customer_id: 'a', issue_key: 'issue-a', started_at: at(1, 12), ended_at: at(1, 13) },
    {
      interaction_id: 'a3',
      customer_id: 'a',
      issue_key: 'issue-a',
      interaction_type: 'complaint',
      channel: 'email',
      handled_by: 'human',
      started_at: at(2, 20),
      ended_at: at(2, 21),
    },
    { interaction_id: 'p1', customer_id: 'p', handled_by: 'human', started_at: at(5), ended_at: at(5) },
    { interaction_id: 'late', customer_id: 'z', started_at: new Date('2026-10-20T08:00:00Z') },
  ],
  qa_reviews: [
    ['a1', 'fail', 'policy_misapplication', 'major'],
    ['b1', 'fail', 'policy_misapplication', 'critical'],
    ['c1', 'pass', 'tone_mismatch', 'minor'],
    ['d1', 'pass', null, null],
  ].map(([interaction_id, outcome, defect, severity]) => ({
    review_id: `r-${interaction_id}`,
    interaction_id: String(interaction_id),
    sampled_at: at(8),
    reviewed_at: at(9),
    outcome: outcome as 'fail' | 'pass',
    defect: defect as 'tone_mismatch' | null,
    severity: severity as 'minor' | null,
  })),
  escalations: [
    { escalation_id: 'e1', interaction_id: 'a1', escalated_at: at(1), reason: 'keyword' },
    { escalation_id: 'e2', interaction_id: 'b1', escalated_at: at(2), reason: 'failed_handoff' },
    { escalation_id: 'e3', interaction_id: 'c1', escalated_at: at(3), reason: 'keyword', expected: false },
    { escalation_id: 'e4', interaction_id: 'd1', escalated_at: at(4), reason: 'other' },
  ],
  csat_responses: ['a1', 'b1', 'c1', 'd1'].map((interaction_id, index) => ({
    response_id: `s-${interaction_id}`,
    interaction_id,
    offered_at: at(10),
    responded_at: index < 2 ? at(11) : null,
    score: index < 2 ? 5 - index * 4 : null,
  })),
}
facts.qa_reviews?.push({
  review_id: 'targeted',
  interaction_id: 'e1',
  sampling: 'targeted',
  sampled_at: at(8),
  reviewed_at: at(9),
  outcome: 'fail',
  defect: 'hallucination',
  severity: 'major',
})

async function outcomes(filter: EvidenceFilter = noFilter) {
  const warehouse = await warehouseOf(facts)
  const { db } = warehouse
  const asked = { month, windowMonths: 3, interactionType, contacts: filter }
  const all = indexPoints(await listMetricPoints(db, { from: addMonths(month, -2), through: month }))
  const narrowed = isNarrowed(filter)
    ? await listFilteredPoints(warehouse, { contacts: filter, metrics: filterable, ...(await getSnapshotInfo(db)) })
    : null
  const view = buildOutcomes({
    ...asked,
    months: [month],
    points: filteredIndex(all, filter, narrowed, null),
    annotations: { events: [], ribbon: [] },
    defects: await listDefectCounts(db, asked),
    reasons: await listEscalationReasons(warehouse, asked),
    chains: await listChainLengths(db, asked),
    returns: await listReturns(db, asked),
    segments: await listSegmentCounts(db, {
      from: addMonths(month, -2),
      through: month,
      interactionType,
      kinds: ['channel', 'language'],
      contacts: filter,
    }),
  })
  const tables = new Map(view.sections.flatMap((section) => section.tables.map((table) => [table.id, table] as const)))
  const lines = (id: string) =>
    tables.get(id)?.rows.map((row) => [row.label, ...row.cells.map(({ text }) => text.replaceAll('\u202f', ' '))])
  return { db, view, tables, lines }
}

const filterable = metricIds.filter((id) => id !== 'qa_oldest_open_days')

describe('the outcomes of a type', () => {
  it('take defects apart by class and severity, most frequent first, targeted reviews aside', async () => {
    const { lines, view } = await outcomes()
    expect(lines('defects')).toEqual([
      ['Policy misapplication', '2', '0', '1', '1', '67 %', '67 %'],
      ['Tone mismatch', '1', '1', '0', '0', '33 %', '100 %'],
    ])
    expect(lines('defects-targeted')).toEqual([['Hallucination', '1', '0', '1', '0', '100 %', '100 %']])
    expect(view.sections.find(({ id }) => id === 'wrong')?.lead).toEqual({
      strong: 'Policy misapplication makes up 2 of 3 defects.',
      rest: 'Found in 4 random reviews; 2 count as errors, a minor defect does not.',
    })
  })

  it('tell expected from unexpected escalations by reason', async () => {
    const { lines } = await outcomes()
    expect(lines('escalation-reasons')).toEqual([
      ['A keyword', '2', '1', '1', '0'],
      ['A failed hand-over', '1', '0', '1', '0'],
      ['Another reason', '1', '0', '0', '1'],
    ])
  })

  it('count chains by length and what the customer came back for, with the AI and with people apart', async () => {
    const { lines } = await outcomes()
    expect(lines('chain-lengths')).toEqual([
      ['1 contact', '5', '83.3 %', '1', '100.0 %'],
      ['3 contacts', '1', '16.7 %', '0', '0.0 %'],
    ])
    expect(lines('returns')).toEqual([
      ['complaint', '1', '0', '0', '1', '1', '1'],
      ['t', '1', '0', '1', '0', '0', '0'],
    ])
  })

  it('bound CSAT by what those might say who did not answer, and show no rate of two answers', async () => {
    const { lines } = await outcomes()
    expect(lines('csat')).toEqual([
      ['Five points, AI took part', '– shown from 30', '–', '1 of 2', '2 of 4, 50.0 %', '25.0\u00a0to\u00a075.0 %'],
    ])
  })

  it('are of the filtered contacts alone where the address asks for some', async () => {
    const { lines } = await outcomes({ ...noFilter, channel: 'chat' })
    expect(lines('defects')).toEqual([
      ['Policy misapplication', '1', '0', '1', '0', '50 %', '50 %'],
      ['Tone mismatch', '1', '1', '0', '0', '50 %', '100 %'],
    ])
    expect(lines('defects-targeted')).toEqual([])
    expect(lines('escalation-reasons')?.map(([reason, count]) => [reason, count])).toEqual([
      ['A keyword', '2'],
      ['Another reason', '1'],
    ])
    expect(lines('channels')?.map(([channel]) => channel)).toEqual(['Chat'])
  })

  it.each([
    { of: 'all contacts', filter: noFilter },
    { of: 'chats', filter: { ...noFilter, channel: 'chat' } },
  ])('lead from every count of $of to exactly as many contacts', async ({ filter }) => {
    const { db, tables } = await outcomes(filter)
    const differing: string[] = []
    let followed = 0
    for (const table of tables.values()) {
      for (const { label, cells } of table.rows) {
        for (const { text, href } of cells) {
          if (href === null) continue
          const request = parseRowsRequest(new URL(href, 'http://here.invalid').searchParams, month)
          const { total } = await listCountedContacts(
            { db, dialect: duckDbSql },
            {
              ...request,
              interactionType,
              contacts: request.filter,
              page: 1,
              pageSize: 1,
            },
          )
          const [first = '', , last = ''] = /^(\d+)( of (\d+))?/.exec(text)?.slice(1) ?? []
          const shown = Number(request.part === 'denominator' && last !== '' ? last : first)
          followed += 1
          if (total !== shown) differing.push(`${table.id} ${label} "${text}": ${total}`)
        }
      }
    }
    expect(differing).toEqual([])
    expect(followed).toBeGreaterThan(isNarrowed(filter) ? 15 : 25)
  })

  it('are saved unrounded, under machine names', async () => {
    const { tables } = await outcomes()
    const table = tables.get('csat')
    expect(table === undefined ? '' : factTableCsv(table.facts)).toBe(
      'scale,cohort,offered,answered,satisfied,satisfied_rate,lower,upper,worst_case,best_case\nfive_point,ai_participated,4,2,1,,,,0.25,0.75\n',
    )
  })
})
