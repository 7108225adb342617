import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeDemonstration } from '#app/cli/make-demonstration.ts'
import { openCurrentWarehouse } from '#app/cli/open-current-warehouse.ts'
import { runDue } from '#app/cli/review-tick.ts'
import { demonstrationDefaults } from '#app/cli/sample.ts'
import { typeHistories } from '#app/evidence/type-histories.ts'
import type { Home } from '#app/home.ts'
import { openMonthlyReview } from '#app/review-evidence.ts'
import { graduatingType } from '#etl/sample/stories.ts'
import { verifyTrail } from '#governance/audit/verify-trail.ts'
import { decideDemonstrationMonth } from '#governance/demonstration/decide-demonstration-month.ts'
import { demonstrationTypes } from '#governance/demonstration/demonstration-types.ts'
import { demonstrationBegins, seedDemonstration } from '#governance/demonstration/seed-demonstration.ts'
import { followDecision, hitRate } from '#governance/evaluate/follow-decision.ts'
import { openLedger } from '#governance/ledger/open-ledger.ts'
import { listLevelsInForce } from '#governance/levels/list-levels-in-force.ts'
import { defaultPolicy } from '#governance/policy/default-policy.ts'
import { listDecisions } from '#governance/review/list-decisions.ts'
import { listVoteRecords } from '#governance/review/list-vote-records.ts'
import { oversightFatigue } from '#governance/review/oversight-fatigue.ts'
import { listMetricPoints } from '#models/monthly/list-metric-points.ts'
import { listMonths } from '#models/monthly/list-months.ts'
import { addMonths, monthEnd, monthStart, parseMonth } from '#models/reporting-month.ts'

const until = parseMonth('2025-06')
const day = 86_400_000
const newId = () => crypto.randomUUID()
const opensAt = (month: ReturnType<typeof parseMonth>) => new Date(monthEnd(month, 'UTC').getTime() + 8 * day)

let directory: string
let home: Home

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'oversight-year-'))
  const options = { ...demonstrationDefaults, until, directory: join(directory, 'home'), onProgress: () => {} }
  home = (await makeDemonstration(options)).home
}, 300_000)
afterAll(() => rmSync(directory, { recursive: true, force: true }))

describe('the history that a demonstration comes with', () => {
  it('has expanded one type, and leaves nothing lapsed when somebody comes to look', async () => {
    const ledger = await openLedger(home.ledgerFile, { keysDirectory: home.keysDirectory })
    const warehouse = await openCurrentWarehouse(home)
    try {
      const due = await runDue({ ledger, warehouse: warehouse.db }, { now: opensAt(until), newId })
      expect(due.expired).toEqual([])
      expect(due.opened).toBe(until)
      const levels = await listLevelsInForce(ledger)
      for (const { interactionType, baseline } of demonstrationTypes) {
        const inForce = levels.find(
          (level) => level.interaction_type === interactionType && level.effective_to === null,
        )
        const expected = interactionType === graduatingType ? 'human_on_the_loop' : baseline
        expect([interactionType, inForce?.oversight_level]).toEqual([interactionType, expected])
      }
      const moved = (await listDecisions(ledger)).filter(({ kind, action }) => kind === 'cycle' && action !== 'keep')
      expect(moved.map(({ interactionType, action, month }) => [interactionType, action, month])).toEqual([
        [graduatingType, 'expand', addMonths(until, -4)],
      ])
      expect(oversightFatigue(await listVoteRecords(ledger, new Date(0))).signs).toEqual([])
      expect(await verifyTrail(ledger)).toMatchObject({ ok: true })
    } finally {
      await warehouse.close()
      await ledger.close()
    }
  })
})

describe('a year of reviews in which people follow the recommendation', () => {
  it('ends where the stories say, and the scoreboard agrees', async () => {
    const dataFrom = monthStart(addMonths(until, 1 - demonstrationDefaults.months), 'UTC')
    const ledger = await openLedger(join(directory, 'year.sqlite'), {
      keysDirectory: join(directory, 'keys'),
      clock: { now: demonstrationBegins(dataFrom), newId },
    })
    const warehouse = await openCurrentWarehouse(home)
    try {
      await seedDemonstration(ledger, { isDemonstration: true, dataFrom, newId })
      const months = Array.from({ length: 12 }, (_, index) => addMonths(until, index - 11))
      for (const month of months) {
        await openMonthlyReview(
          { ledger, warehouse: warehouse.db, month, by: 'system' },
          { now: opensAt(month), newId },
        )
        await decideDemonstrationMonth(ledger, {
          month,
          from: new Date(opensAt(month).getTime() + day),
          newId,
          choose: ({ evidence, level }) => {
            const recommended = evidence?.evaluation.recommendation ?? 'keep'
            // People who lead already have nothing to reduce.
            return recommended === 'reduce' && level === 'human_as_the_loop' ? 'keep' : recommended
          },
        })
      }
      const levels = new Map(
        (await listLevelsInForce(ledger))
          .filter((level) => level.effective_to === null)
          .map((level) => [level.interaction_type, level.oversight_level]),
      )
      expect(levels.get('order_status'), 'healthy, on the loop').toBe('human_on_the_loop')
      expect(levels.get('delivery_change'), 'ready to graduate').toBe('human_on_the_loop')
      expect(levels.get('refund_request'), 'failing since the model change').toBe('human_as_the_loop')
      expect(levels.get('account_access'), 'ever more repeat contacts').toBe('human_as_the_loop')
      expect(levels.get('product_faq'), 'falling CSAT').not.toBe('human_on_the_loop')
      expect(levels.get('warranty_claim'), 'too few reviews to tell').toBe('human_in_the_loop')
      expect(levels.get('subscription_cancel'), 'exactly at the limit').toBe('human_in_the_loop')
      expect(levels.get('privacy_request'), 'human only').toBe('human_as_the_loop')

      const decisions = (await listDecisions(ledger)).filter(({ kind }) => kind === 'cycle')
      expect(decisions).toHaveLength(12 * demonstrationTypes.length)
      const [first] = await listMonths(warehouse.db)
      const points = await listMetricPoints(warehouse.db, { from: first ?? until, through: until })
      const historyOf = new Map(typeHistories(points, []).map((history) => [history.interactionType, history.months]))
      const context = { knownThrough: until, reportingTimeZone: 'UTC', policy: defaultPolicy }
      const followed = decisions.map((decision) => ({
        decision,
        followUps: followDecision(decision, historyOf.get(decision.interactionType) ?? [], context),
      }))
      const at90 = (interactionType: string) =>
        followed
          .filter(({ decision }) => decision.interactionType === interactionType)
          .flatMap(({ followUps }) => followUps.find(({ days }) => days === 90)?.verdict ?? [])
      expect(at90('order_status'), 'nothing ever went wrong').not.toContain('worse')
      expect(at90('account_access'), 'it got worse while it was kept').toContain('worse')
      expect(at90('delivery_change'), 'expanded, and nothing went wrong').not.toContain('worse')
      // The newest three months cannot be told yet, and no other decision claims to be unknown.
      const unknown = followed.filter(({ followUps }) => followUps[2]?.verdict === 'not_yet_known')
      expect(new Set(unknown.map(({ decision }) => decision.month))).toEqual(new Set(months.slice(-4)))
      const room = hitRate(followed.map(({ followUps }) => followUps))
      expect(room.told + room.untold + unknown.length).toBe(decisions.length)
      expect(room.hits).toBeGreaterThan(10)
      expect(room.told - room.hits, 'keeping what slid was wrong').toBeGreaterThan(10)
      expect(await verifyTrail(ledger)).toMatchObject({ ok: true })
    } finally {
      await warehouse.close()
      await ledger.close()
    }
  }, 300_000)
})
