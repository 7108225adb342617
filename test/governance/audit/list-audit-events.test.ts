import { describe, expect, it, onTestFinished } from 'vitest'
import { listAuditEvents, readAuditEvents } from '#governance/audit/list-audit-events.ts'
import { addPeople, addUser, buildLedger } from '#test/build/ledger.ts'

async function filledLedger() {
  const at = await buildLedger()
  onTestFinished(() => at.remove())
  await addPeople(at)
  return at
}

describe('the events of the trail', () => {
  it('are listed from an instant on and before another', async () => {
    const { ledger } = await filledLedger()
    const all = (await listAuditEvents(ledger, { page: 1, pageSize: 1000 })).events
    const [from, before] = [all.at(-3)?.ts, all.at(-1)?.ts].sort()
    const { events, total } = await listAuditEvents(ledger, {
      recordedFrom: from,
      recordedBefore: before,
      page: 1,
      pageSize: 1000,
    })
    const expected = all.filter(({ ts }) => ts >= String(from) && ts < String(before))
    expect(events.map(({ seq }) => seq)).toEqual(expected.map(({ seq }) => seq))
    expect(total).toBe(expected.length)
  })

  it('are read whole in batches, newest first, whatever is written meanwhile', async () => {
    const at = await filledLedger()
    const before = (await listAuditEvents(at.ledger, { page: 1, pageSize: 1000 })).events.map(({ seq }) => seq)
    const read: number[] = []
    for await (const batch of readAuditEvents(at.ledger, {}, 2)) {
      if (read.length === 0) await addUser(at, 'Late Comer', 'viewer')
      expect(batch.length).toBeLessThanOrEqual(2)
      read.push(...batch.map(({ seq }) => seq))
    }
    expect(read).toEqual(before)
  })
})
