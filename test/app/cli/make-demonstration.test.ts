import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeDemonstration } from '#app/cli/make-demonstration.ts'
import { demonstrationDefaults } from '#app/cli/sample.ts'
import { typeHistories } from '#app/evidence/type-histories.ts'
import { typeStandings } from '#app/evidence/type-standings.ts'
import type { Home } from '#app/home.ts'
import { typeStories } from '#etl/sample/stories.ts'
import { verifyTrail } from '#governance/audit/verify-trail.ts'
import { evaluateMonth } from '#governance/evaluate/evaluate-month.ts'
import type { TypeEvaluation } from '#governance/evaluate/evaluation.ts'
import { openLedger } from '#governance/ledger/open-ledger.ts'
import { listLevelsInForce } from '#governance/levels/list-levels-in-force.ts'
import { defaultPolicy } from '#governance/policy/default-policy.ts'
import { listRegisteredTypes } from '#governance/registry/list-registered-types.ts'
import type { MetricPoint } from '#models/metrics.ts'
import { listAiVersions } from '#models/monthly/list-ai-versions.ts'
import { listMetricPoints } from '#models/monthly/list-metric-points.ts'
import { parseMonth } from '#models/reporting-month.ts'
import { openWarehouse } from '#models/warehouse/open-warehouse.ts'
import { currentSnapshot } from '#models/warehouse/snapshots.ts'

const until = parseMonth('2025-06')
const now = new Date('2025-07-20T00:00:00Z')
const silent = () => {}
let directory: string
let home: Home
let points: MetricPoint[]
let evaluations: TypeEvaluation[]

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'oversight-demonstration-'))
  const made = await makeDemonstration({
    ...demonstrationDefaults,
    directory: join(directory, 'home'),
    until,
    onProgress: silent,
  })
  home = made.home
  const warehouse = await openWarehouse(currentSnapshot(home.warehouseDirectory)?.file ?? '', { mode: 'read' })
  const ledger = await openLedger(home.ledgerFile, { keysDirectory: home.keysDirectory })
  try {
    const range = { from: parseMonth('2024-01'), through: until }
    points = await listMetricPoints(warehouse.db, range)
    const histories = typeHistories(points, await listAiVersions(warehouse.db, range))
    const standings = typeStandings(await listRegisteredTypes(ledger), await listLevelsInForce(ledger), now)
    evaluations = evaluateMonth(defaultPolicy, until, histories, standings, { now, reportingTimeZone: 'UTC' })
  } finally {
    await warehouse.close()
    await ledger.close()
  }
}, 120_000)

afterAll(() => rmSync(directory, { recursive: true, force: true }))

const evaluationOf = (type: string) => evaluations.find(({ interactionType }) => interactionType === type)

function metricOf(type: string, metric: MetricPoint['metric'], cohort: MetricPoint['cohort'], month: string): number {
  const point = points.find(
    (each) => each.interactionType === type && each.metric === metric && each.cohort === cohort && each.month === month,
  )
  return point?.value ?? Number.NaN
}

describe('a demonstration home', { timeout: 120_000 }, () => {
  it('is complete: nothing refused, every month final, the trail verifies', async () => {
    expect(existsSync(join(home.directory, 'home.json'))).toBe(true)
    expect(readdirSync(home.rejectsDirectory)).toEqual([])
    expect(points.filter(({ isFinal }) => !isFinal)).toEqual([])
    expect(readdirSync(directory)).toEqual(['home'])
    const ledger = await openLedger(home.ledgerFile, { keysDirectory: home.keysDirectory })
    try {
      expect(await verifyTrail(ledger, home.keysDirectory)).toMatchObject({ ok: true })
    } finally {
      await ledger.close()
    }
  })

  it.each(typeStories.map(({ interactionType, expected }) => [interactionType, expected.recommendation] as const))(
    '%s: the rules say %s',
    (type, recommendation) => {
      expect(evaluationOf(type)).toMatchObject({ recommendation })
    },
  )

  it.each(
    typeStories.flatMap(({ interactionType, expected }) =>
      Object.entries(expected.gates).map(([gate, verdict]) => [interactionType, gate, verdict] as const),
    ),
  )('%s: %s is %s', (type, gate, verdict) => {
    expect(evaluationOf(type)?.gates.find((each) => each.gate === gate)).toMatchObject({ verdict })
  })

  it('delivery_change passes every gate of policy version 1, and is the only type to expand', () => {
    const graduating = evaluationOf('delivery_change')
    expect(graduating?.gates.map(({ gate, verdict }) => `${gate} ${verdict}`)).toEqual(
      graduating?.gates.map(({ gate }) => `${gate} pass`),
    )
    expect(graduating).toMatchObject({ targetLevel: 'human_on_the_loop', blockers: [] })
    expect(evaluations.filter(({ recommendation }) => recommendation === 'expand')).toHaveLength(1)
  })

  it('promo_code: automation creep is none before the routing change and over 10 % at the end', () => {
    expect(metricOf('promo_code', 'automation_creep', 'all', '2024-12')).toBe(0)
    expect(metricOf('promo_code', 'automation_creep', 'all', '2025-06')).toBeGreaterThan(0.1)
    expect(metricOf('order_status', 'automation_creep', 'all', '2025-06')).toBe(0)
  })

  it('order_status: AI answers alone from the month after its expansion on, as its level allows', async () => {
    const shareIn = (month: string) => metricOf('order_status', 'automation_rate', 'all', month)
    expect([shareIn('2024-01'), shareIn('2025-03')]).toEqual([0, 0])
    expect(shareIn('2025-04')).toBeGreaterThan(0.7)
    const months = new Set(points.map(({ month }) => month))
    for (const month of months) expect(metricOf('order_status', 'automation_creep', 'all', month)).toBe(0)
    const warehouse = await openWarehouse(currentSnapshot(home.warehouseDirectory)?.file ?? '', { mode: 'read' })
    try {
      expect(await warehouse.db.selectFrom('restatements').selectAll().execute()).toEqual([])
    } finally {
      await warehouse.close()
    }
  })

  it('account_access: repeat contact within 48 hours rises from about 6 % to about 19 %', () => {
    expect(metricOf('account_access', 'repeat_contact_rate_48h', 'all', '2024-03')).toBeLessThan(0.1)
    expect(metricOf('account_access', 'repeat_contact_rate_48h', 'all', '2025-06')).toBeGreaterThan(0.14)
  })

  it('privacy_request: what AI never did is not measured, not 0 %', () => {
    expect(metricOf('privacy_request', 'ai_share', 'all', '2025-06')).toBe(0)
    expect(metricOf('privacy_request', 'ai_error_rate', 'ai_participated', '2025-06')).toBeNaN()
  })

  it('leaves a folder alone that is not empty, and takes an empty one', async () => {
    const options = { ...demonstrationDefaults, interactions: 2000, until, onProgress: silent }
    const used = join(directory, 'used')
    mkdirSync(used)
    await makeDemonstration({ ...options, directory: used })
    await expect(makeDemonstration({ ...options, directory: used })).rejects.toThrow(/is an Oversight home already/)
    const foreign = join(directory, 'foreign')
    mkdirSync(foreign)
    writeFileSync(join(foreign, 'thesis.txt'), '')
    await expect(makeDemonstration({ ...options, directory: foreign })).rejects.toThrow(/is not empty/)
    expect(readdirSync(foreign)).toEqual(['thesis.txt'])
    rmSync(used, { recursive: true })
    rmSync(foreign, { recursive: true })
  })
})
