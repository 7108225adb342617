import { describe, expect, it } from 'vitest'
import { oversightFatigue, type VoteRecord } from '#governance/review/oversight-fatigue.ts'

const votes = (count: number, change: Partial<VoteRecord> = {}): VoteRecord[] =>
  Array.from({ length: count }, () => ({
    voter: { id: 'a', name: 'Anna' },
    vote: 'approve',
    action: 'keep',
    isOverride: false,
    signedAt: new Date('2026-10-12T09:00:00Z'),
    secondsToVote: 300,
    ...change,
  }))

describe('the sign of oversight fatigue', () => {
  it('is silent while too few voted', () => {
    expect(oversightFatigue([]).signs).toEqual([])
    expect(oversightFatigue(votes(19, { secondsToVote: 5 })).signs).toEqual([])
  })

  it('shows people who never disagree', () => {
    expect(oversightFatigue(votes(20)).signs).toEqual(['None of 20 votes went against the recommendation.'])
  })

  it('counts a rejection of the recommendation and an approved override as disagreement', () => {
    const mixed = [...votes(18), ...votes(1, { vote: 'reject' }), ...votes(1, { isOverride: true })]
    expect(oversightFatigue(mixed)).toMatchObject({ againstCount: 2, againstShare: 0.1, signs: [] })
    expect(oversightFatigue(votes(1, { vote: 'reject', isOverride: true })).againstCount).toBe(0)
    expect(oversightFatigue(votes(1, { vote: 'abstain' })).againstCount).toBe(0)
  })

  it('shows looks that are too short, by the median of those timed', () => {
    const fast = [
      ...votes(2, { vote: 'reject' }),
      ...votes(11, { secondsToVote: 20 }),
      ...votes(9, { secondsToVote: null }),
    ]
    expect(oversightFatigue(fast)).toMatchObject({ timedCount: 13, medianSeconds: 20, signs: [] })
    const many = [...fast, ...votes(20, { secondsToVote: 30 })]
    expect(oversightFatigue(many).signs).toEqual(['Half of 33 votes took at most 30 seconds from opening the type.'])
  })
})
