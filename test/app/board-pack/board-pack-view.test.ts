import { describe, expect, it } from 'vitest'
import { packDecisions, packState, trustStatements } from '#app/board-pack/board-pack-view.ts'
import { registerDecisions } from '#app/decisions/decision-register.ts'
import { finalOn } from '#app/evidence/final-on.ts'
import { indexPoints } from '#app/evidence/point-index.ts'
import { defaultPolicy } from '#governance/policy/default-policy.ts'
import type { Review } from '#governance/review/find-review.ts'
import { parseMonth } from '#models/reporting-month.ts'
import { decisionRecord } from '#test/build/decision-record.ts'
import { metricPoint } from '#test/build/metric-points.ts'

const month = parseMonth('2026-09')
const now = new Date('2026-11-01T00:00:00Z')

describe('the decisions of a board pack', () => {
  const register = registerDecisions(
    [
      decisionRecord('late-cycle', { decidedAt: new Date('2026-11-20T09:00:00Z') }),
      decisionRecord('cycle', { decidedAt: new Date('2026-10-14T09:00:00Z') }),
      decisionRecord('other-month', { month: '2026-08', decidedAt: new Date('2026-10-02T09:00:00Z') }),
      decisionRecord('stop', { kind: 'stop', month: null, decidedAt: new Date('2026-10-20T09:00:00Z') }),
      decisionRecord('early-stop', { kind: 'stop', month: null, decidedAt: new Date('2026-09-30T21:59:59Z') }),
      decisionRecord('first-moment', { kind: 'expiry', month: null, decidedAt: new Date('2026-09-30T22:00:00Z') }),
      decisionRecord('baseline', { kind: 'baseline', month: null, decidedAt: new Date('2026-10-05T09:00:00Z') }),
    ],
    now,
  )

  it('are all of the review, whenever they were signed, oldest first', () => {
    const { cycle } = packDecisions(register, month, 'Europe/Berlin')
    expect(cycle.map(({ id }) => id)).toEqual(['cycle', 'late-cycle'])
  })

  it('and what was decided outside of it in the month that follows, by the reporting time zone', () => {
    const { others } = packDecisions(register, month, 'Europe/Berlin')
    expect(others.map(({ id }) => id)).toEqual(['first-moment', 'stop'])
  })

  it('and what is unsettled when the pack is made: stops on one signature, and what expired and nobody renewed', () => {
    const dayOf = (day: number) => new Date(Date.UTC(2026, 9, day))
    const unsettled = registerDecisions(
      [
        decisionRecord('looked-at', {
          kind: 'stop',
          interactionType: 'a',
          stopApproval: { approver: { id: 'ben', name: 'Ben' }, reason: '', approvedAt: dayOf(3) },
        }),
        decisionRecord('stop', { kind: 'stop', interactionType: 'b', stopApproval: null }),
        decisionRecord('lapsed', { interactionType: 'c', validUntil: dayOf(30) }),
        decisionRecord('renewed', { interactionType: 'd' }),
        decisionRecord('earlier', { interactionType: 'd', validUntil: dayOf(30) }),
      ],
      now,
    )
    const { pendingStops, lapsed } = packDecisions(unsettled, month, 'Europe/Berlin')
    expect(pendingStops.map(({ id }) => id)).toEqual(['stop'])
    expect(lapsed.map(({ id }) => id)).toEqual(['lapsed'])
  })
})

describe('the state of a board pack', () => {
  const review = (change: Partial<Review>) => ({ state: 'open', typeCount: 3, decidedCount: 1, ...change }) as Review

  it('is a draft until the review is closed', () => {
    expect(packState(undefined)).toEqual({ kind: 'draft', word: 'Draft, no review opened' })
    expect(packState(review({}))).toEqual({ kind: 'draft', word: 'Draft, 1 of 3 types decided' })
    expect(packState(review({ state: 'decided' })).kind).toBe('draft')
    expect(packState(review({ state: 'closed' }))).toEqual({ kind: 'closed', word: 'Review closed' })
  })
})

describe('how far to trust the numbers', () => {
  const point = (interactionType: string, metric: 'volume' | 'qa_completion' | 'ai_error_rate', k: number, n: number) =>
    metricPoint(month, metric, k, n, { interactionType, cohort: metric === 'volume' ? 'all' : 'ai_participated' })
  const points = indexPoints([
    point('refund', 'volume', 100, 100),
    point('refund', 'qa_completion', 45, 60),
    point('refund', 'ai_error_rate', 2, 45),
    point('privacy', 'volume', 10, 10),
  ])
  const input = {
    month,
    types: ['refund', 'privacy'],
    points,
    loads: [
      {
        loadId: 'a',
        source: 'canonical',
        startedAt: now,
        finishedAt: now,
        loadedBy: 'op',
        files: [],
        counts: [
          { entity: 'interactions' as const, read: 110, loaded: 107, unchanged: 0, superseded: 0, quarantined: 3 },
        ],
      },
    ],
    standings: [],
    policy: defaultPolicy,
    policyBefore: defaultPolicy,
    restatedCount: 0,
    finalOn: finalOn(month, 'Europe/Berlin'),
    timeZone: 'Europe/Berlin',
  }
  const said = (change: Partial<typeof input> = {}) =>
    Object.fromEntries(trustStatements({ ...input, ...change }).map(({ word, text }) => [word, text]))

  it('counts the rows that were refused', () => {
    expect(said().Complete).toContain('110 rows read in 1 load, 3 of them in quarantine')
  })

  it('names the types whose reviews were left undone, and those without any', () => {
    expect(said().Reviewed).toContain('45 of 60')
    expect(said().Reviewed).toContain('refund 75')
    expect(said()['Not measured']).toContain('privacy')
    expect(said()['Not measured']).not.toContain('refund')
  })

  it('says when the rules are other ones than in the month before', () => {
    expect(said().Rules).toContain('the same as in the month before')
    expect(said({ policyBefore: { ...defaultPolicy, version: 7 } }).Rules).toContain('judged by version 7')
  })

  it('says when closed numbers changed', () => {
    expect(said({ restatedCount: 4 }).Restated).toContain('4 numbers of this month changed')
  })
})
