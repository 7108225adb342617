import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { runAudits } from '#models/audits.ts'
import { buildModels } from '#models/build-models.ts'
import { listCountedContacts } from '#models/contacts/list-counted-contacts.ts'
import { loadedThrough } from '#models/loaded-through.ts'
import { type MetricPoint, metricIds, metrics } from '#models/metrics.ts'
import { listAiVersions } from '#models/monthly/list-ai-versions.ts'
import { listMetricPoints } from '#models/monthly/list-metric-points.ts'
import { listMonths } from '#models/monthly/list-months.ts'
import { listTypes } from '#models/monthly/list-types.ts'
import { type Month, monthEnd, parseMonth } from '#models/reporting-month.ts'
import { type PlainContact, plainChains, plainContacts, plainNumber } from './plain-models.ts'
import { plainWeightedEstimate } from './plain-weighted-estimate.ts'
import { type World, worlds } from './random-world.ts'
import { factsIn, replaceFacts } from './warehouse-of.ts'

const all = { from: parseMonth('2000-01'), through: parseMonth('2100-01') }

function plainWeighted(plain: PlainContact[], { metric, month, interactionType, cohort }: MetricPoint, world: World) {
  return plainWeightedEstimate(plain, { metric, month, type: interactionType, cohort }, world)
}

/** Nothing is known to be missing of a month that is followed by another load, or ended long before it. */
function plainLoadedThrough(world: World): Date {
  const reach = { source: 'all', isLive: true, through: world.watermark, isDeclared: true }
  return loadedThrough([reach], { ...world, now: world.watermark }).loadedThrough ?? world.watermark
}

function plainValue(plain: PlainContact[], point: MetricPoint, world: World): number | null {
  const { numerator, denominator, metric } = point
  const rate = plainWeighted(plain, point, world)?.value ?? numerator / denominator
  if (metrics[metric].unit === 'count') return numerator
  if (denominator === 0) return null
  if (metric === 'qa_oldest_open_days') return numerator
  if (metric === 'human_minutes_per_100') return (numerator / denominator) * 100
  if (metric !== 'expected_errors_per_day') return rate
  const volume = plain.filter(
    (row) => row.month === point.month && row.type === point.interactionType && row.handledBy === 'ai',
  ).length
  return (rate * volume) / plainDays(point.month, world)
}

/** Days of the month that have begun, by looking at the calendar every quarter of an hour. */
function plainDays(month: string, world: World): number {
  const dayAt = new Intl.DateTimeFormat('sv', { timeZone: world.reportingTimeZone, dateStyle: 'short' })
  const loaded = plainLoadedThrough(world).getTime()
  const days = new Set<string>()
  for (let time = Date.parse(`${month}-01T00:00:00Z`) - 86_400_000; time < loaded; time += 900_000) {
    const day = dayAt.format(time)
    if (day.startsWith(month)) days.add(day)
    if (day.slice(0, 7) > month) break
  }
  return Math.max(days.size, 1)
}

/** Two-sided 95 % limits, by other formulas than the models use: the roots of the score equation, and sums of squares. */
function plainLimits(
  plain: PlainContact[],
  point: MetricPoint,
  world: World,
): { lower: number; upper: number } | null | 'elsewhere' {
  const { metric, numerator: k, denominator: n, value } = point
  const { interval } = metrics[metric]
  if (n === 0 || interval === 'none' || value === null) return null
  // Weighted limits are held against the oracle, and against a plain program, where strata are tested.
  const weighted = plainWeighted(plain, point, world)
  // A world has fewer reviews than show how scores vary; with more, limits are held against the formula where strata are
  // tested.
  if (metric === 'qa_score' && weighted !== null) return null
  if (interval === 't' || weighted !== null) return 'elsewhere'
  const z = 1.959963984540054
  const half = Math.sqrt(z ** 2 * (z ** 2 + 4 * k * (1 - k / n)))
  const scale = metric === 'expected_errors_per_day' ? (plainValue(plain, { ...point, numerator: n }, world) ?? 0) : 1
  const root = (sign: 1 | -1) => (scale * (2 * k + z ** 2 + sign * half)) / (2 * (n + z ** 2))
  return { lower: root(-1), upper: root(1) }
}

/** What has a row: every metric of the catalogue for every month and type with a contact, CSAT by the scales offered. */
function plainKeys(plain: PlainContact[]): string[] {
  const groups = new Map(plain.map((row) => [JSON.stringify([row.month, row.type]), row]))
  return [...groups.values()].flatMap(({ month, type }) => {
    const own = plain.filter((row) => row.month === month && row.type === type)
    const scales = [...new Set(own.flatMap(({ csat }) => csat?.scale ?? []))]
    return metricIds.flatMap((metric) =>
      (metric.startsWith('csat_') ? scales : [null]).map((scale) => `${month} ${type} ${metric} ${scale}`),
    )
  })
}

describe('the models', () => {
  it('equal a plain recomputation on random worlds, contact by contact and number by number', async () => {
    const warehouse = await factsIn({})
    let weightedPoints = 0
    await fc.assert(
      fc.asyncProperty(fc.oneof(worlds('any'), worlds('rich')), async (each) => {
        await replaceFacts(warehouse, each.facts)
        await buildModels(warehouse, { ...each, now: new Date('2026-12-01T00:00:00Z') })
        const plain = plainContacts(each)

        const contacts = await warehouse.db.selectFrom('contacts').selectAll().execute()
        const built = contacts.map((row) => ({
          key: `${row.source}/${row.interaction_id}`,
          month: row.contact_month.slice(0, 7),
          next: row.next_interaction_id,
          gap: row.repeat_gap_seconds,
          chain: row.chain_head_id,
          chainLength: row.chain_length,
          isRecovery: row.is_trust_recovery,
          exclusion: row.demand_exclusion,
          isEndMissing: row.is_end_missing,
        }))
        const chains = plainChains(plain)
        const chainOf = (row: PlainContact) => chains.find(({ members }) => members.includes(row))?.members
        const expected = plain.map((row) => ({
          key: row.key,
          month: row.month,
          next: row.next,
          gap: row.gap === null ? null : row.gap / 1000,
          chain: chainOf(row)?.[0]?.id ?? null,
          chainLength: chainOf(row)?.length ?? null,
          isRecovery: row.isRecovery,
          exclusion: row.exclusion,
          isEndMissing: row.customer !== null && row.isEndMissing,
        }))
        const byKey = (a: { key: string }, b: { key: string }) => (a.key < b.key ? -1 : 1)
        expect(built.sort(byKey)).toEqual(expected.sort(byKey))

        const points = await listMetricPoints(warehouse.db, all)
        const keys = points.map((row) => `${row.month} ${row.interactionType} ${row.metric} ${row.scale}`)
        expect([...new Set(keys)].sort()).toEqual(plainKeys(plain).sort())
        for (const point of points) {
          const { numerator, denominator } = plainNumber(plain, { ...point, type: point.interactionType }, each)
          const name = `${point.month} ${point.interactionType} ${point.metric} ${point.cohort} ${point.scale}`
          expect({ name, numerator: point.numerator, denominator: point.denominator }).toEqual({
            name,
            numerator: expect.closeTo(numerator, 9),
            denominator,
          })
          const weighted = plainWeighted(plain, point, each)
          weightedPoints += weighted === null ? 0 : 1
          expect(point.effectiveSize, name).toEqual(
            weighted === null ? null : expect.closeTo(weighted.effectiveSize, 9),
          )
          expect(point.value, name).toEqual(
            plainValue(plain, point, each) === null ? null : expect.closeTo(plainValue(plain, point, each) ?? 0, 9),
          )
          const limits = plainLimits(plain, point, each)
          if (limits === null) expect([point.lower, point.upper], name).toEqual([null, null])
          else if (limits !== 'elsewhere') {
            const { lower, upper } = limits
            expect([point.lower, point.upper], name).toEqual([expect.closeTo(lower, 9), expect.closeTo(upper, 9)])
          }
          const { maturityHours, definitionVersion } = metrics[point.metric]
          const settles =
            monthEnd(parseMonth(point.month), each.reportingTimeZone).getTime() + maturityHours * 3_600_000
          expect([point.isFinal, point.definitionVersion], name).toEqual([
            plainLoadedThrough(each).getTime() >= settles,
            definitionVersion,
          ])
        }
        const months = [...new Set(plain.map((row) => row.month))].sort()
        expect(await listMonths(warehouse.db)).toEqual(months)
        expect(await listTypes(warehouse.db)).toEqual([...new Set(plain.map((row) => row.type))].sort())
        const versions = await listAiVersions(warehouse.db, all)
        expect(versions.reduce((sum, row) => sum + row.contactCount, 0)).toBe(
          plain.filter((row) => row.handledBy === 'ai' || row.handledBy === 'ai_assisted').length,
        )
        const failures = await runAudits(warehouse)
        // Random reviews and surveys point to contacts that may not exist; nothing else may fail.
        expect(failures.filter((failure) => failure.audit !== 'orphans')).toEqual([])
      }),
      { seed: 20261001, numRuns: 40 },
    )
    expect(weightedPoints).toBeGreaterThan(10)
  }, 300_000)

  it('give, for every number, exactly the contacts it counts', async () => {
    const warehouse = await factsIn({})
    const seen = new Set<string>()
    await fc.assert(
      fc.asyncProperty(worlds('rich'), async (each) => {
        // The copy of the last world, which would stand before the view.
        await warehouse.connection().run('drop table if exists temp.main.contacts')
        await replaceFacts(warehouse, each.facts)
        await buildModels(warehouse, { ...each, now: new Date('2026-12-01T00:00:00Z') })
        // The rows of the view, so that thousands of lists need not be planned through it.
        await warehouse.connection().run('create or replace temp table contacts as from main.contacts')
        for (const point of await listMetricPoints(warehouse.db, all)) {
          const isMean = ['points', 'minutes', 'days'].includes(metrics[point.metric].unit)
          const list = (part: 'numerator' | 'denominator') =>
            listCountedContacts(warehouse, { ...point, month: point.month as Month, part, page: 1, pageSize: 100 })
          const numerator = await list('numerator')
          expect(numerator.total, JSON.stringify(point)).toBe(isMean ? point.denominator : point.numerator)
          expect(numerator.rows.length).toBe(numerator.total)
          if (metrics[point.metric].unit === 'count')
            await expect(list('denominator')).rejects.toMatchObject({ code: 'not_found' })
          else expect((await list('denominator')).total, JSON.stringify(point)).toBe(point.denominator)
          if (numerator.total > 0) seen.add(point.metric)
        }
      }),
      { seed: 7, numRuns: 6 },
    )
    // The worlds together exercise every metric, or the test would prove nothing of it.
    expect([...seen].sort()).toEqual(Object.keys(metrics).sort())
  }, 300_000)

  it('do not depend on the order of the facts, and building twice changes nothing', async () => {
    const [sample] = fc.sample(worlds('rich'), { seed: 3, numRuns: 1 })
    if (sample === undefined) throw new Error('no world')
    const read = async (facts: typeof sample.facts, builds: number) => {
      const warehouse = await factsIn(facts)
      for (let build = 0; build < builds; build += 1) {
        await buildModels(warehouse, { ...sample, now: new Date('2026-12-01T00:00:00Z') })
      }
      return listMetricPoints(warehouse.db, all)
    }
    const reversed = Object.fromEntries(
      Object.entries(sample.facts).map(([table, rows]) => [table, [...(rows ?? [])].reverse()]),
    )
    const points = await read(sample.facts, 1)
    expect(points.length).toBeGreaterThan(0)
    expect(await read(reversed, 2)).toEqual(points)
  })
})
