import { describe, expect, it } from 'vitest'
import { csatDownAiUp } from '#models/warning-signs/csat-down-ai-up.ts'
import { monthsOf } from './month-counts.ts'

const course = (satisfied: readonly number[], ai: readonly number[]) =>
  monthsOf(satisfied.length, (index) => ({
    satisfied: satisfied[index] ?? 0,
    answers: 400,
    aiContacts: ai[index] ?? 0,
    contacts: 1000,
  }))
const falling = [340, 335, 325, 320, 310, 300]
const level = [330, 332, 329, 331, 330, 330]
const growing = [300, 340, 400, 450, 520, 580]
const steady = [400, 400, 400, 400, 400, 400]

describe('csatDownAiUp', () => {
  it('fires on both together, with first and last month and the fitted fall', () => {
    expect(csatDownAiUp(course(falling, growing))).toMatchObject({
      isFired: true,
      evidence: {
        monthCount: 6,
        firstCsat: { month: '2026-04', rate: 0.85 },
        lastCsat: { month: '2026-09', rate: 0.75 },
        firstAi: { rate: 0.3 },
        lastAi: { rate: 0.58 },
        isAiGrowing: true,
      },
    })
  })

  it.each([
    ['CSAT alone falls', falling, steady],
    ['the AI alone grows', level, growing],
    ['CSAT falls while the AI shrinks', falling, growing.toReversed()],
    ['CSAT rises while the AI grows', falling.toReversed(), growing],
  ])('is silent where %s', (_what, satisfied, ai) => {
    expect(csatDownAiUp(course(satisfied, ai))).toMatchObject({ isFired: false, since: null })
  })

  it('finds over a year what half a year does not show', () => {
    const year = Array.from({ length: 12 }, (_, index) => 350 - 3 * index)
    const ai = Array.from({ length: 12 }, (_, index) => 300 + 30 * index)
    expect(csatDownAiUp(course(year.slice(6), ai.slice(6))).isFired).toBe(false)
    expect(csatDownAiUp(course(year, ai))).toMatchObject({ isFired: true, evidence: { monthCount: 12 } })
  })

  it('says nothing of fewer than four months or 30 answers', () => {
    expect(csatDownAiUp(course(falling, growing).slice(3)).evidence).toBeNull()
    const few = course(falling, growing).map((month) => ({ ...month, satisfied: 20, answers: 29 }))
    expect(csatDownAiUp(few).evidence).toBeNull()
    expect(csatDownAiUp([])).toMatchObject({ isFired: false, evidence: null })
  })

  it('asks for more where CSAT swings from month to month', () => {
    const swinging = [360, 310, 350, 295, 335, 280]
    const { isFired, evidence } = csatDownAiUp(course(swinging, growing))
    expect(evidence?.fall).toBeGreaterThan(0.1)
    expect(evidence?.dispersion).toBeGreaterThan(2)
    expect(isFired).toBe(false)
  })
})
