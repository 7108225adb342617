import { describe, expect, it } from 'vitest'
import { parseRowsRequest } from '#app/evidence/interactions/rows-request.ts'
import { buildRowsView, rowsPerPage } from '#app/evidence/interactions/rows-view.ts'
import { rowsHref } from '#app/evidence/rows-href.ts'
import {
  countCountedContacts,
  listCountedContacts,
  streamCountedContacts,
} from '#models/contacts/list-counted-contacts.ts'
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
    const warehouse = await warehouseOf(facts())
    const points = await listMetricPoints(warehouse.db, { from: parseMonth('2026-08'), through: month })
    expect(points.length).toBeGreaterThan(100)
    const differing: string[] = []
    for (const point of points) {
      // The numerator of a mean or a duration is a sum, not a count of contacts.
      const parts = ['points', 'days', 'minutes'].includes(metrics[point.metric].unit)
        ? (['denominator'] as const)
        : (['numerator', 'denominator'] as const)
      for (const part of parts) {
        if (part === 'denominator' && metrics[point.metric].denominator === 'none') continue
        const { rows, total } = await listCountedContacts(warehouse, {
          ...point,
          month: parseMonth(point.month),
          part,
          page: 1,
          pageSize: 200,
        })
        if (total !== point[part] || rows.length !== total) {
          differing.push(
            `${point.month} ${point.interactionType} ${point.metric} ${point.cohort} ${part}: ${total}, not ${point[part]}`,
          )
        }
      }
    }
    expect(differing).toEqual([])
  }, 120_000)

  it('can be those of several months and of every type, where numbers are pooled', async () => {
    const warehouse = await warehouseOf(facts())
    const points = await listMetricPoints(warehouse.db, {
      from: parseMonth('2026-08'),
      through: month,
      metric: 'ai_error_rate',
    })
    const gate = points.filter((point) => point.cohort === 'ai_participated')
    const { total } = await listCountedContacts(warehouse, {
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
    const warehouse = await warehouseOf(facts())
    const href = rowsHref({
      interactionType: 'order_status',
      month,
      metric: 'volume',
      cohort: 'all',
      part: 'numerator',
      months: 2,
    })
    const request = parseRowsRequest(new URL(href, 'http://localhost').searchParams, month)
    const listed = await listCountedContacts(warehouse, {
      ...request,
      interactionType: 'order_status',
      pageSize: rowsPerPage,
    })
    const view = buildRowsView({ request, interactionType: 'order_status', ...listed, timeZone: 'UTC', path: '/rows' })
    expect(view.heading).toBe('80 contacts that started in the month')
    expect(view.definition).toBe('Contacts of order_status, August to September 2026.')
    expect(view.rows).toHaveLength(50)
    expect(view.pageCount).toBe(2)
    expect(view.nextHref).toContain('page=2')
    expect(view.previousHref).toBeNull()
  })

  it('link out only to web addresses', async () => {
    const warehouse = await warehouseOf(facts())
    const request = parseRowsRequest(new URLSearchParams({ months: '2' }), month)
    const listed = await listCountedContacts(warehouse, { ...request, interactionType: null, pageSize: 200 })
    const view = buildRowsView({ request, interactionType: null, ...listed, timeZone: 'UTC', path: '/rows' })
    expect(view.rows.flatMap((row) => row.url ?? [])).toEqual(['https://desk.example/0'])
  })
})

describe('the rows behind a daily or weekly number', () => {
  it('are those of its days, however the reporting time zone lies', async () => {
    const warehouse = await warehouseOf(facts())
    const week = { from: '2026-09-07', through: '2026-09-13' }
    const { sum } = await warehouse.db
      .selectFrom('daily_counts')
      .select((eb) => eb.fn.sum<number>('contact_count').as('sum'))
      .where('contact_date', '>=', week.from)
      .where('contact_date', '<=', week.through)
      .executeTakeFirstOrThrow()
    const href = rowsHref({
      interactionType: null,
      month,
      metric: 'volume',
      cohort: 'all',
      part: 'numerator',
      days: week,
    })
    const request = parseRowsRequest(new URL(href, 'http://localhost').searchParams, month)
    const listed = await listCountedContacts(warehouse, { ...request, interactionType: null, pageSize: 100 })
    expect(listed.total).toBe(sum)
    expect(listed.rows).toHaveLength(listed.total)
    const view = buildRowsView({ request, interactionType: null, ...listed, timeZone: 'UTC', path: '/rows' })
    expect(view.definition).toContain('7 Sep 2026 to 13 Sep 2026')
    expect(view.csvHref).toContain('from=2026-09-07&through=2026-09-13')
  })
})

describe('a list of rows', () => {
  const asked = { month, windowMonths: 2, interactionType: null, metric: 'volume', cohort: 'all', scale: null } as const
  const filter = { ...asked, part: 'numerator' } as const

  it('is sorted whole and then cut into pages, contacts without a value last', async () => {
    const warehouse = await warehouseOf(facts())
    const sort = { column: 'csat_score', direction: 'asc' } as const
    const whole = await listCountedContacts(warehouse, { ...filter, sort, page: 1, pageSize: 200 })
    const scores = whole.rows.map(({ csat_score }) => csat_score ?? Number.POSITIVE_INFINITY)
    expect(scores).toEqual(scores.toSorted((a, b) => a - b))
    expect(new Set(scores).size).toBeGreaterThan(3)
    const pages = []
    for (let page = 1; page <= 5; page += 1) {
      pages.push(...(await listCountedContacts(warehouse, { ...filter, sort, page, pageSize: 25 })).rows)
    }
    expect(pages).toEqual(whole.rows)
  })

  it('streams the same contacts in the same order as its pages show', async () => {
    const warehouse = await warehouseOf(facts())
    const sort = { column: 'is_error', direction: 'desc' } as const
    const { rows, total } = await listCountedContacts(warehouse, { ...filter, sort, page: 1, pageSize: 200 })
    const streamed = []
    for await (const batch of streamCountedContacts(warehouse, { ...filter, sort }, 7)) streamed.push(...batch)
    expect(streamed).toEqual(rows)
    expect(await countCountedContacts(warehouse, filter)).toBe(total)
  })

  it('turns the order around when its head is followed again, and starts at the first page', () => {
    const request = parseRowsRequest(new URLSearchParams({ sort: 'csat_score', order: 'asc', page: '3' }), month)
    const view = buildRowsView({ request, interactionType: null, rows: [], total: 0, timeZone: 'UTC', path: '/rows' })
    expect(view.sorts.csat_score).toMatchObject({ current: 'ascending' })
    expect(view.sorts.csat_score?.href).toContain('sort=csat_score&order=desc')
    expect(view.sorts.csat_score?.href).not.toContain('page')
    expect(view.sorts.started_at?.current).toBeNull()
  })
})

describe('an address of rows', () => {
  it('that asks for what does not exist is refused by name', () => {
    expect(() => parseRowsRequest(new URLSearchParams({ metric: 'happiness' }), month)).toThrow('metric')
    expect(() => parseRowsRequest(new URLSearchParams({ page: '0' }), month)).toThrow('page')
    expect(() => parseRowsRequest(new URLSearchParams({ sort: 'customer_id' }), month)).toThrow('sort')
    expect(() => parseRowsRequest(new URLSearchParams({ from: '2026-02-31' }), month)).toThrow('from')
    expect(() => parseRowsRequest(new URLSearchParams({ metric: 'volume', part: 'denominator' }), month)).toThrow(
      'plain count',
    )
  })
})
