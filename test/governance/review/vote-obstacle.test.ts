import { describe, expect, it } from 'vitest'
import type { Role } from '#governance/accounts/roles.ts'
import { voteObstacle } from '#governance/review/vote-obstacle.ts'

const approver: { id: string; email: string; roles: Role[] } = { id: 'a', email: 'a@example.com', roles: ['approver'] }
const proposal = (action: 'expand' | 'keep' | 'reduce', isOverride = false, proposedBy = 'p') => ({
  action,
  isOverride,
  proposedBy,
})
const situation = (change: Partial<Parameters<typeof voteObstacle>[1]>) => ({
  proposal: proposal('expand'),
  voter: approver,
  ownerId: 'o',
  majorityReviewer: null,
  training: { until: null, today: '2026-10-12', isRequired: false },
  ...change,
})

describe('training', () => {
  const training = (until: string | null, isRequired = false) => ({ until, today: '2026-10-12', isRequired })

  it('that has expired bars from approving, but not from reducing, rejecting or abstaining', () => {
    const expired = { training: training('2026-10-11') }
    for (const action of ['expand', 'keep'] as const) {
      expect(voteObstacle('approve', situation({ ...expired, proposal: proposal(action) }))).toMatch(/2026-10-11/)
      expect(voteObstacle('reject', situation({ ...expired, proposal: proposal(action) }))).toBeNull()
    }
    expect(voteObstacle('approve', situation({ ...expired, proposal: proposal('reduce') }))).toBeNull()
  })

  it('counts through its last day', () => {
    expect(voteObstacle('approve', situation({ training: training('2026-10-12', true) }))).toBeNull()
  })

  it('without a record bars only where the policy asks for one', () => {
    expect(voteObstacle('approve', situation({ training: training(null) }))).toBeNull()
    expect(voteObstacle('approve', situation({ training: training(null, true) }))).toMatch(/No training/)
  })
})

describe('who may vote how', () => {
  it('approvers may, who neither proposed nor own nor reviewed most of it', () => {
    for (const vote of ['approve', 'reject', 'abstain'] as const) expect(voteObstacle(vote, situation({}))).toBeNull()
  })

  it.each(['viewer', 'analyst', 'reviewer', 'operator', 'auditor', 'admin'] as const)('not a mere %s', (role) => {
    const voter = { ...approver, roles: [role] }
    for (const vote of ['approve', 'reject', 'abstain'] as const) {
      expect(voteObstacle(vote, situation({ voter }))).toMatch(/Only approvers/)
    }
  })

  it.each([
    ['expand', false, true],
    ['expand', true, true],
    ['keep', false, true],
    ['keep', true, true],
    ['reduce', false, false],
    ['reduce', true, false],
  ] as const)('the proposer of %s (override %s) is barred from approving: %s', (action, isOverride, isBarred) => {
    const obstacle = voteObstacle('approve', situation({ proposal: proposal(action, isOverride, approver.id) }))
    expect(obstacle !== null).toBe(isBarred)
    expect(voteObstacle('reject', situation({ proposal: proposal(action, isOverride, approver.id) }))).toBeNull()
  })

  it.each([
    ['expand', false, true],
    ['keep', true, true],
    ['keep', false, false],
    ['reduce', false, false],
  ] as const)(
    'the owner and the reviewer of most on %s (override %s) are barred: %s',
    (action, isOverride, isBarred) => {
      const on = { proposal: proposal(action, isOverride) }
      expect(voteObstacle('approve', situation({ ...on, ownerId: approver.id })) !== null).toBe(isBarred)
      expect(voteObstacle('approve', situation({ ...on, majorityReviewer: approver.email })) !== null).toBe(isBarred)
      expect(voteObstacle('approve', situation({ ...on, majorityReviewer: approver.id })) !== null).toBe(isBarred)
      expect(voteObstacle('abstain', situation({ ...on, ownerId: approver.id }))).toBeNull()
    },
  )

  it('the owner may vote on a reduction without being an approver, and on nothing else', () => {
    const voter = { ...approver, id: 'o', roles: ['operator' as const] }
    expect(voteObstacle('approve', situation({ voter, proposal: proposal('reduce') }))).toBeNull()
    expect(voteObstacle('approve', situation({ voter, proposal: proposal('keep') }))).toMatch(/Only approvers/)
  })
})
