import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { closedMonthsUpTo } from '#app/evidence/closed-months.ts'
import { listHistoryParts } from '#app/evidence/history-parts.ts'
import { indexPoints } from '#app/evidence/point-index.ts'
import { typeHistories } from '#app/evidence/type-histories.ts'
import { listWarnings } from '#app/evidence/warnings/list-warnings.ts'
import { typeStories } from '#etl/sample/stories.ts'
import { writeSample } from '#etl/sample/write-sample.ts'
import { evaluateMonth } from '#governance/evaluate/evaluate-month.ts'
import { defaultPolicy } from '#governance/policy/default-policy.ts'
import { recommendedPolicy } from '#governance/policy/recommended-policy.ts'
import { autonomyThreshold } from '#models/confidence/autonomy-threshold.ts'
import { calibrationReport } from '#models/confidence/calibration-report.ts'
import { listConfidence } from '#models/confidence/list-confidence.ts'
import { listCsatChannels } from '#models/daily/list-csat-channels.ts'
import { listMetricPoints } from '#models/monthly/list-metric-points.ts'
import { addMonths, type Month, monthStart, parseMonth } from '#models/reporting-month.ts'
import { openWarehouse } from '#models/warehouse/open-warehouse.ts'
import { currentSnapshot } from '#models/warehouse/snapshots.ts'
import { loadFiles } from '#test/build/load-files.ts'
import { typeStanding } from '#test/build/type-history.ts'

/** Months of the sample. */
const length = 18

/** The level of the type whose story is AI acting beyond it. */
const levelsInForce = [
  {
    interaction_type: 'promo_code',
    oversight_level: 'human_in_the_loop' as const,
    effective_from: new Date('2020-01-01T00:00:00Z'),
    effective_to: null,
  },
]

interface Found {
  /** Which warning signs show for each type at each month, oldest first. */
  signs: Map<string, string[][]>
  /** What is said of each type's confidence under the newest AI version. */
  /** Types of which VIP customers fail on their own at the last month. */
  failingVip: string[]
  confidence: { interactionType: string; verdict: string | undefined; guaranteed: number | null }[]
}

async function findIn(seed: number, until: Month): Promise<Found> {
  const home = mkdtempSync(join(tmpdir(), 'oversight-planted-'))
  try {
    return await findAt(home, seed, until)
  } finally {
    rmSync(home, { recursive: true, force: true })
  }
}

async function findAt(home: string, seed: number, until: Month): Promise<Found> {
  const { files } = await writeSample({
    directory: join(home, 'sample'),
    seed,
    until,
    months: length,
    interactions: 100_000,
  })
  const now = monthStart(addMonths(until, 2), 'UTC')
  await loadFiles(
    home,
    'canonical',
    files.map(({ file }) => file),
    { now, levelsInForce },
  )
  const warehouse = await openWarehouse(currentSnapshot(join(home, 'warehouse'))?.file ?? '', { mode: 'read' })
  try {
    const from = addMonths(until, 1 - length)
    const range = { from, through: until }
    const metricPoints = await listMetricPoints(warehouse.db, range)
    const points = indexPoints(metricPoints)
    const csatChannels = await listCsatChannels(warehouse.db, range)
    const months = Array.from({ length }, (_, index) => addMonths(from, index))
    const signs = new Map(
      typeStories.map(({ interactionType }) => [
        interactionType,
        months.map((month) =>
          listWarnings({
            interactionType,
            month,
            closedMonths: closedMonthsUpTo(months, month, points),
            points,
            csatChannels,
            policy: defaultPolicy,
            evaluation: undefined,
          }).map(({ word }) => word),
        ),
      ]),
    )
    const stated = await listConfidence(warehouse.db, { from: addMonths(until, 1 - length / 2), through: until })
    const confidence = stated.map(({ interactionType, answers }) => ({
      interactionType,
      verdict: calibrationReport(answers)?.verdict,
      guaranteed: autonomyThreshold(answers, { limit: 0.05 })?.guaranteed?.threshold ?? null,
    }))
    const failingVip = evaluateMonth(
      recommendedPolicy,
      until,
      typeHistories(metricPoints, [], await listHistoryParts(warehouse.db, range, recommendedPolicy)),
      typeStories.map(({ interactionType }) => typeStanding(interactionType)),
      { now, reportingTimeZone: 'UTC' },
    )
      .filter(({ segments }) => segments?.some(({ segment, verdict }) => segment === 'vip' && verdict === 'failing'))
      .map(({ interactionType }) => interactionType)
    return { signs, failingVip, confidence }
  } finally {
    await warehouse.close()
  }
}

/** What shows at the last month, by what was planted (etl/sample/stories.ts). */
const planted: Readonly<Record<string, readonly string[]>> = {
  product_faq: ['CSAT down, AI up'],
  promo_code: ['Automation creep'],
  account_access: ['Repeat contact up'],
  technical_troubleshooting: ['Reviews not done', 'Reviews late'],
  warranty_claim: ['Error rate unknown'],
}

/** Planted earlier: it shows after the step of the model change and closes when the new rate has become the usual one. */
const plantedStep = { interactionType: 'refund_request', word: 'Escalations up', from: length / 2, within: 6 }

/** A month's reviews alone may be fewer than a rate is shown from, until the first window is full. */
const windowMonths = defaultPolicy.windowMonths

// Another last month moves the calendar, another seed draws everything anew.
describe.each([
  { seed: 7, until: '2025-06' },
  { seed: 7, until: '2026-02' },
  { seed: 8, until: '2026-09' },
])('the demonstration data of seed $seed until $until', { timeout: 240_000 }, ({ seed, until }) => {
  let signs: Found['signs']
  let failingVip: Found['failingVip']
  let confidence: Found['confidence']

  beforeAll(async () => {
    ;({ signs, failingVip, confidence } = await findIn(seed, parseMonth(until)))
  }, 240_000)

  it.each(typeStories.map(({ interactionType }) => interactionType))(
    '%s: shows what was planted and nothing else',
    (type) => {
      expect(signs.get(type)?.at(-1)).toEqual(planted[type] ?? [])
    },
  )

  it('refund_request: the step of unexpected escalation shows within half a year', () => {
    const { interactionType, word, from, within } = plantedStep
    const months = signs.get(interactionType) ?? []
    expect(months.slice(0, from).flat()).not.toContain(word)
    expect(months.slice(from, from + within).flat()).toContain(word)
  })

  it('raises no sign at any month for a type in which nothing of its kind was planted', () => {
    const raised = [...signs].flatMap(([type, months]) => {
      const expected = new Set([...(planted[type] ?? []), type === plantedStep.interactionType ? plantedStep.word : ''])
      return months
        .slice(windowMonths)
        .flatMap((words, index) =>
          words
            .filter((word) => !expected.has(word))
            .map((word) => `${type}, month ${index + windowMonths + 1}: ${word}`),
        )
    })
    expect(raised).toEqual([])
  })

  it('finds the failing VIP segment of address_change, and another only where all customers are failed', () => {
    expect(failingVip).toContain('address_change')
    expect(failingVip.filter((type) => !['address_change', 'refund_request'].includes(type))).toEqual([])
  })

  it('calls refund_request over-confident and every other type with reviews calibrated', () => {
    const told = confidence.filter(({ verdict }) => verdict !== undefined)
    expect(told).toHaveLength(13)
    expect(told.filter(({ verdict }) => verdict !== 'calibrated')).toMatchObject([
      { interactionType: 'refund_request', verdict: 'over_confident' },
    ])
  })

  it('guarantees a threshold where errors are rare, and none to refund_request', () => {
    const guaranteedOf = (type: string) =>
      confidence.find(({ interactionType }) => interactionType === type)?.guaranteed
    expect(guaranteedOf('delivery_change')).toBeLessThan(0.9)
    expect(guaranteedOf('refund_request')).toBeNull()
  })

  it.each(['product_faq', 'promo_code', 'account_access', 'technical_troubleshooting'])(
    '%s: shows nothing before its story begins',
    (type) => {
      const begins = 6
      expect(signs.get(type)?.slice(windowMonths, begins).flat()).toEqual([])
    },
  )
})
