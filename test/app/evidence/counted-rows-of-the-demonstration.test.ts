import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeDemonstration } from '#app/cli/make-demonstration.ts'
import { openCurrentWarehouse } from '#app/cli/open-current-warehouse.ts'
import { demonstrationDefaults } from '#app/cli/sample.ts'
import { countedRows } from '#models/contacts/counted-rows.ts'
import { countCountedContacts } from '#models/contacts/list-counted-contacts.ts'
import { type MetricPoint, metricIds, metrics } from '#models/metrics.ts'
import { listMetricPoints } from '#models/monthly/list-metric-points.ts'
import { listMonths, monthOfDay } from '#models/monthly/list-months.ts'
import type { Month } from '#models/reporting-month.ts'
import { parseMonth } from '#models/reporting-month.ts'
import type { Warehouse } from '#models/warehouse/open-warehouse.ts'

type Part = 'numerator' | 'denominator'

let directory: string
let warehouse: Warehouse
let months: Month[]
let points: MetricPoint[]

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'oversight-counted-'))
  const { home } = await makeDemonstration({
    ...demonstrationDefaults,
    until: parseMonth('2025-06'),
    directory: join(directory, 'home'),
    onProgress: () => {},
  })
  warehouse = await openCurrentWarehouse(home)
  months = await listMonths(warehouse.db)
  points = await listMetricPoints(warehouse.db, { from: first(), through: last() })
}, 300_000)

afterAll(async () => {
  await warehouse?.close()
  rmSync(directory, { recursive: true, force: true })
})

const first = () => months[0] as Month
const last = () => months.at(-1) as Month

/** The numerator of a mean or a duration is a sum, not a count of contacts; a plain count has no denominator. */
function partsOf(metric: (typeof metricIds)[number]): Part[] {
  const { unit, denominator } = metrics[metric]
  const numerator: Part[] = ['points', 'days', 'minutes'].includes(unit) ? [] : ['numerator']
  return denominator === 'none' ? numerator : [...numerator, 'denominator']
}

/** Contacts listed for one side of a number, by type and month: the query of the list, all months and types at once. */
async function listedOf({ metric, cohort, scale }: MetricPoint, part: Part): Promise<Map<string, number>> {
  const counted = await countedRows(
    warehouse,
    { metric, cohort, scale, part, month: last(), windowMonths: months.length, interactionType: null },
    ['contact_month', 'interaction_type'],
  )
  const rows = await counted
    .select(['contact_month', 'interaction_type'])
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .groupBy(['contact_month', 'interaction_type'])
    .execute()
  return new Map(rows.map((row) => [`${monthOfDay(row.contact_month)} ${row.interaction_type}`, Number(row.count)]))
}

describe('the rows behind every number of the demonstration', () => {
  it.each(metricIds)('are as many as %s says, for every type and month, both parts', async (metric) => {
    const own = points.filter((point) => point.metric === metric)
    const series = new Map(own.map((point) => [`${point.cohort} ${point.scale}`, point]))
    const differing: string[] = []
    for (const [name, one] of series) {
      for (const part of partsOf(metric)) {
        const listed = await listedOf(one, part)
        for (const point of own.filter(({ cohort, scale }) => `${cohort} ${scale}` === name)) {
          const key = `${point.month} ${point.interactionType}`
          const count = listed.get(key) ?? 0
          if (count !== point[part]) differing.push(`${key} ${name} ${part}: ${count} listed, ${point[part]} shown`)
          listed.delete(key)
        }
        // What is listed for a month without such a number would have nothing that leads to it.
        for (const [key, count] of listed) differing.push(`${key} ${name} ${part}: ${count} listed, no number`)
      }
    }
    expect(own.length).toBeGreaterThan(0)
    expect(differing).toEqual([])
  })

  it('are the same for one type and month alone, as its list asks for them', async () => {
    const asked = metricIds.flatMap((metric) => {
      const point = points.findLast((one) => one.metric === metric && one.numerator > 0)
      return point === undefined ? [] : partsOf(metric).map((part) => ({ point, part }))
    })
    const counts = await Promise.all(
      asked.map(({ point, part }) =>
        countCountedContacts(warehouse, { ...point, month: parseMonth(point.month), part }),
      ),
    )
    expect(counts).toEqual(asked.map(({ point, part }) => point[part]))
  })
})
