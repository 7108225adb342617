import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { approveStop } from '#governance/review/approve-stop.ts'
import { listDecisionRecords } from '#governance/review/list-decision-records.ts'
import { stopType } from '#governance/review/stop-type.ts'
import { addPeople, addType, buildLedger, type People, password, type TestLedger } from '#test/build/ledger.ts'

let at: TestLedger
let people: People
beforeEach(async () => {
  at = await buildLedger()
  people = await addPeople(at)
  await addType(at, people, 'refund_request', 'human_on_the_loop')
})
afterEach(() => at.remove())

describe('the records of decisions', () => {
  it('name the event of each in the trail', async () => {
    const [baseline] = await listDecisionRecords(at.ledger)
    expect(baseline).toMatchObject({ kind: 'baseline', votes: [], requiredApprovals: 1, isOverride: false })
    const event = await at.ledger.db
      .selectFrom('audit_events')
      .select(['action', 'object_id'])
      .where('seq', '=', baseline?.seq ?? -1)
      .executeTakeFirstOrThrow()
    expect(event).toEqual({ action: 'decision-recorded', object_id: baseline?.id })
  })

  it('tell who looked at a stop afterwards, and that nobody did before', async () => {
    const { decision } = await stopType(
      at.ledger,
      { interactionType: 'refund_request', reason: 'wrong amounts', by: people.anna.id, password },
      at.clock(),
    )
    expect((await listDecisionRecords(at.ledger))[0]).toMatchObject({ id: decision.id, stopApproval: null })
    at.pass(60)
    await approveStop(at.ledger, { decisionId: decision.id, reason: 'seen', by: people.boris.id, password }, at.clock())
    expect((await listDecisionRecords(at.ledger))[0]?.stopApproval).toEqual({
      approver: { id: people.boris.id, name: 'Boris' },
      reason: 'seen',
      approvedAt: at.clock().now,
    })
  })
})
