import { describe, expect, it } from 'vitest'
import { decisionFilters, decisionLead, filterDecisions, registerDecisions } from '#app/decisions/decision-register.ts'
import { decisionRecord as record } from '#test/build/decision-record.ts'

const now = new Date('2026-11-01T00:00:00Z')

const vote = (name: string, choice: 'approve' | 'reject' | 'abstain') => ({
  voter: { id: name.toLowerCase(), name, role: 'approver' },
  vote: choice,
  reason: '',
  signedAt: now,
})

const filter = (search: Record<string, string>) => decisionFilters.parse(search)

describe('the register of decisions', () => {
  it('lets the newest decision of a type hold until it expires, and replaces the earlier ones', () => {
    const register = registerDecisions(
      [
        record('newest'),
        record('other', { interactionType: 'order_status', validUntil: new Date('2026-10-31T00:00:00Z') }),
        record('older'),
      ],
      now,
    )
    expect(register.map(({ id, validity }) => [id, validity])).toEqual([
      ['newest', 'in-force'],
      ['other', 'expired'],
      ['older', 'replaced'],
    ])
  })

  it('puts dissent into words, and silence where there was none', () => {
    const [split, unanimous] = registerDecisions(
      [
        record('split', { votes: [vote('Anna', 'approve'), vote('Boris', 'reject'), vote('Chiara', 'abstain')] }),
        record('unanimous', { votes: [vote('Anna', 'approve')] }),
      ],
      now,
    )
    expect(split?.dissent).toBe('1 rejected, 1 abstained')
    expect(unanimous?.dissent).toBeNull()
  })

  it('says what holds, what ends next and which stops wait', () => {
    const lead = decisionLead(
      registerDecisions([record('stop', { kind: 'stop', action: 'reduce' }), record('older')], now),
      'UTC',
    )
    expect(lead.strong).toBe('1 decision is in force, of 2 decisions ever signed.')
    expect(lead.rest).toBe(
      'The next to expire is that of refund_request, on 14 Apr 2027. One stop waits for a second approver.',
    )
  })

  it('is filtered by the address, where nonsense counts as nothing', () => {
    const register = registerDecisions(
      [
        record('a', { votes: [vote('Anna', 'approve'), vote('Boris', 'abstain')] }),
        record('b', { interactionType: 'order_status', kind: 'stop', action: 'reduce', month: null }),
      ],
      now,
    )
    const ids = (search: Record<string, string>) => filterDecisions(register, filter(search)).map(({ id }) => id)
    expect(ids({})).toEqual(['a', 'b'])
    expect(ids({ type: 'order_status' })).toEqual(['b'])
    expect(ids({ person: 'boris' })).toEqual(['a'])
    expect(ids({ only: 'dissent' })).toEqual(['a'])
    expect(ids({ only: 'pending' })).toEqual(['b'])
    expect(ids({ month: '2026-09' })).toEqual(['a'])
    expect(ids({ kind: 'nonsense', action: 'none', month: 'x', page: '-1' })).toEqual(['a', 'b'])
  })
})
