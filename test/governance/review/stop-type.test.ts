import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { levelAt } from '#governance/levels/level-at.ts'
import { listLevelsInForce } from '#governance/levels/list-levels-in-force.ts'
import { approveStop } from '#governance/review/approve-stop.ts'
import { listDecisions } from '#governance/review/list-decisions.ts'
import { stopType } from '#governance/review/stop-type.ts'
import { workingDaysLater } from '#governance/review/working-days.ts'
import { addPeople, addType, addUser, buildLedger, type People, password, type TestLedger } from '#test/build/ledger.ts'

let at: TestLedger
let people: People
beforeEach(async () => {
  at = await buildLedger()
  people = await addPeople(at)
  await addType(at, people, 'refund_request', 'human_on_the_loop')
})
afterEach(() => at.remove())

const stop = (by: string, given = password) =>
  stopType(at.ledger, { interactionType: 'refund_request', reason: 'wrong amounts', by, password: given }, at.clock())

describe('a stop', () => {
  it('takes one signature and is in force at once, one level at a time', async () => {
    const { decision, receipt } = await stop(people.owner.id)
    expect(decision).toMatchObject({ kind: 'stop', toLevel: 'human_in_the_loop', month: null })
    expect(receipt.text).toMatch(/^c2sp.org\/tlog-proof@v1\nindex \d+\n/)
    expect((await levelAt(at.ledger, { interactionType: 'refund_request', at: at.clock().now }))?.level).toBe(
      'human_in_the_loop',
    )
    at.pass(1)
    expect((await stop(people.anna.id)).decision.toLevel).toBe('human_as_the_loop')
    at.pass(1)
    await expect(stop(people.anna.id)).rejects.toThrow(/nothing to stop/)
    const levels = await listLevelsInForce(at.ledger)
    expect(levels.map((level) => level.oversight_level)).toEqual([
      'human_on_the_loop',
      'human_in_the_loop',
      'human_as_the_loop',
    ])
    // Half-open intervals without gaps.
    expect(levels[0]?.effective_to).toEqual(levels[1]?.effective_from)
    expect(levels[1]?.effective_to).toEqual(levels[2]?.effective_from)
    expect(levels[2]?.effective_to).toBeNull()
  })

  it('is for approvers and the owner of the type, with the password again', async () => {
    for (const { id } of [people.rena, people.admin, people.viewer]) {
      await expect(stop(id)).rejects.toMatchObject({ code: 'forbidden' })
    }
    await expect(stop(people.anna.id, 'wrong')).rejects.toMatchObject({ code: 'unauthenticated' })
    const plainOwner = await addUser(at, 'Olga', 'operator')
    const others = { ...people, owner: plainOwner }
    await addType(at, others, 'returns', 'human_in_the_loop')
    const { decision } = await stopType(
      at.ledger,
      { interactionType: 'returns', reason: 'r', by: plainOwner.id, password },
      at.clock(),
    )
    expect(decision.signer.role).toBe('type owner')
  })

  it('refuses unknown types', async () => {
    await expect(
      stopType(at.ledger, { interactionType: 'none', reason: 'r', by: people.anna.id, password }, at.clock()),
    ).rejects.toThrow(/nothing to stop/)
  })

  it('is approved afterwards by another approver, once', async () => {
    const { decision } = await stop(people.anna.id)
    const approve = (by: string) =>
      approveStop(at.ledger, { decisionId: decision.id, reason: 'right so', by, password }, at.clock())
    await expect(approve(people.anna.id)).rejects.toMatchObject({ code: 'forbidden' })
    await expect(approve(people.rena.id)).rejects.toMatchObject({ code: 'forbidden' })
    await approve(people.boris.id)
    await expect(approve(people.chiara.id)).rejects.toMatchObject({ code: 'conflict' })
    expect((await listDecisions(at.ledger, { interactionType: 'refund_request' })).map((each) => each.kind)).toEqual([
      'stop',
      'baseline',
    ])
  })

  it('is due for that within two working days', () => {
    const due = (text: string) => workingDaysLater(new Date(text), 2).toISOString()
    expect(due('2026-10-12T09:00:00.000Z')).toBe('2026-10-14T09:00:00.000Z')
    expect(due('2026-10-16T09:00:00.000Z')).toBe('2026-10-20T09:00:00.000Z')
    expect(due('2026-10-17T09:00:00.000Z')).toBe('2026-10-20T09:00:00.000Z')
  })
})
