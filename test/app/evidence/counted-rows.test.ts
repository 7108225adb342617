import { describe, expect, it } from 'vitest'
import { parseRowsRequest } from '#app/evidence/interactions/rows-request.ts'
import { buildRowsView, rowsPerPage } from '#app/evidence/interactions/rows-view.ts'
import { rowsHref } from '#app/evidence/rows-href.ts'
import { listCountedContacts } from '#models/contacts/list-counted-contacts.ts'
import { metrics } from '#models/metrics.ts'
import { listMetricPoints } from '#models/monthly/list-metric-points.ts'
import { parseMonth } from '#models/reporting-month.ts'
import { type Facts, warehouseOf } from '#test/models/warehouse-of.ts'

const month = parseMonth('2026-09')
const handlers = ['ai', 'ai_assisted', 'human'] as const

/** Two months, two types, every handler; some reviewed, some wrong, some escalated, some with an answered survey. */
function facts(): Facts {
  const ids = Array.from({ length: 120 }, (_, index) => index)
  const startOf = (index: number) =>
    new Date(Date.UTC(2026, index % 2 === 0 ? 8 : 7, 1 + (index % 27), 8 + (index % 10)))
  return {
    interactions: ids.map((index) => ({
      interaction_id: `i${index}`,
      interaction_type: index % 3 === 0 ? 'gift_card' : 'order_status',
      handled_by: handlers[index % 4 === 0 ? 2 : index % 2] ?? 'human',
      customer_id: `c${index % 40}`,
      started_at: startOf(index),
      ended_at: startOf(index),
      url: index === 0 ? 'https://desk.example/0' : index === 2 ? 'javascript:alert(1)' : null,
    })),
    qa_reviews: ids
      .filter((index) => index % 2 === 0 || index % 5 === 0)
      .map((index) => ({
        review_id: `r${index}`,
        interaction_id: `i${index}`,
        sampled_at: startOf(index),
        reviewed_at: index % 7 === 0 ? null : startOf(index),
        outcome: index % 7 === 0 ? null : index % 6 === 0 ? ('fail' as const) : ('pass' as const),
      })),
    escalations: ids
      .filter((index) => index % 11 === 0)
      .map((index) => ({
        escalation_id: `e${index}`,
        interaction_id: `i${index}`,
        escalated_at: startOf(index),
        expected: index % 2 === 0,
      })),
    csat_responses: ids
      .filter((index) => index % 4 === 1)
      .map((index) => ({
        response_id: `s${index}`,
        interaction_id: `i${index}`,
        offered_at: startOf(index),
        responded_at: index % 8 === 1 ? startOf(index) : null,
        score: index % 8 === 1 ? 1 + (index % 5) : null,
      })),
  }
}

describe('the rows behind a number', () => {
  it('are as many as the number says, for every metric, cohort, scale, type and part', async () => {
    const { db } = await warehouseOf(facts())
    const points = await listMetricPoints(db, { from: parseMonth('2026-08'), through: month })
    expect(points.length).toBeGreaterThan(100)
    const differing: string[] = []
    for (const point of points) {
      // The numerator of a mean or a duration is a sum, not a count of contacts.
      const parts = ['points', 'days', 'minutes'].includes(metrics[point.metric].unit)
        ? (['denominator'] as const)
        : (['numerator', 'denominator'] as const)
      for (const part of parts) {
        if (part === 'denominator' && metrics[point.metric].denominator === 'none') continue
        const { total } = await listCountedContacts(db, {
          ...point,
          month: parseMonth(point.month),
          part,
          page: 1,
          pageSize: 1,
        })
        if (total !== point[part]) {
          differing.push(
            `${point.month} ${point.interactionType} ${point.metric} ${point.cohort} ${part}: ${total}, not ${point[part]}`,
          )
        }
      }
    }
    expect(differing).toEqual([])
  })

  it('can be those of several months and of every type, where numbers are pooled', async () => {
    const { db } = await warehouseOf(facts())
    const points = await listMetricPoints(db, { from: parseMonth('2026-08'), through: month, metric: 'ai_error_rate' })
    const gate = points.filter((point) => point.cohort === 'ai_participated')
    const { total } = await listCountedContacts(db, {
      month,
      windowMonths: 2,
      interactionType: null,
      metric: 'ai_error_rate',
      cohort: 'ai_participated',
      scale: null,
      part: 'denominator',
      page: 1,
      pageSize: 1,
    })
    expect(total).toBe(gate.reduce((sum, point) => sum + point.denominator, 0))
  })

  it('come fifty to a page, with the number and its definition as the heading', async () => {
    const { db } = await warehouseOf(facts())
    const href = rowsHref({
      interactionType: 'order_status',
      month,
      metric: 'volume',
      cohort: 'all',
      part: 'numerator',
      months: 2,
    })
    const request = parseRowsRequest(new URL(href, 'http://localhost').searchParams, month)
    const listed = await listCountedContacts(db, { ...request, interactionType: 'order_status', pageSize: rowsPerPage })
    const view = buildRowsView({ request, interactionType: 'order_status', ...listed, timeZone: 'UTC', path: '/rows' })
    expect(view.heading).toBe('80 contacts that started in the month')
    expect(view.definition).toBe('Contacts of order_status, all contacts, August to September 2026.')
    expect(view.rows).toHaveLength(50)
    expect(view.pageCount).toBe(2)
    expect(view.nextHref).toContain('page=2')
    expect(view.previousHref).toBeNull()
  })

  it('link out only to web addresses', async () => {
    const { db } = await warehouseOf(facts())
    const request = parseRowsRequest(new URLSearchParams({ months: '2' }), month)
    const listed = await listCountedContacts(db, { ...request, interactionType: null, pageSize: 200 })
    const view = buildRowsView({ request, interactionType: null, ...listed, timeZone: 'UTC', path: '/rows' })
    expect(view.rows.flatMap((row) => row.url ?? [])).toEqual(['https://desk.example/0'])
  })
})

describe('an address of rows', () => {
  it('that asks for what does not exist is refused by name', () => {
    expect(() => parseRowsRequest(new URLSearchParams({ metric: 'happiness' }), month)).toThrow('metric')
    expect(() => parseRowsRequest(new URLSearchParams({ page: '0' }), month)).toThrow('page')
    expect(() => parseRowsRequest(new URLSearchParams({ metric: 'volume', part: 'denominator' }), month)).toThrow(
      'plain count',
    )
  })
})
