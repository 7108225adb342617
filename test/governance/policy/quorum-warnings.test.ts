import { describe, expect, it } from 'vitest'
import { quorumWarnings } from '#governance/policy/quorum-warnings.ts'

const quorum = { expand: 2, keep: 1, reduce: 1, baseline: 1 }

describe('a quorum in a drafted policy', () => {
  it('is fine while more people may approve than it asks for', () => {
    expect(quorumWarnings(quorum, 3)).toEqual([])
  })

  it('is warned of when nobody could decide any more, the way back included', () => {
    expect(quorumWarnings({ ...quorum, expand: 4, keep: 4 }, 3)).toEqual([
      'To expand a type, override a recommendation or change the policy it asks for 4 approvers; 3 people hold that role. Nobody could do that, nor publish a policy that asks for fewer until an admin gives the role to more.',
      'To keep a level it asks for 4 approvers; 3 people hold that role. Nobody could do that until an admin gives the role to more.',
    ])
  })

  it('is warned of when an approver who proposes would block it', () => {
    expect(quorumWarnings(quorum, 2)).toEqual([
      'To expand a type, override a recommendation or change the policy it asks for 2 approvers; 2 people hold that role. Whoever proposes or owns a type may not approve it, so one of them doing so would block it.',
    ])
  })
})
