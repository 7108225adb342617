import { describe, expect, it, onTestFinished } from 'vitest'
import { setUserDisabled } from '#governance/accounts/set-user-disabled.ts'
import { verifyReceipt } from '#governance/audit/receipt.ts'
import { signCheckpoint } from '#governance/audit/sign-checkpoint.ts'
import { findVerifier } from '#governance/audit/signing-key.ts'
import { verifyTrail } from '#governance/audit/verify-trail.ts'
import { fillOutbox } from '#governance/outbox/fill-outbox.ts'
import { listMessages } from '#governance/outbox/list-messages.ts'
import { type MessageToSend, sendOutbox } from '#governance/outbox/send-outbox.ts'
import { stopType } from '#governance/review/stop-type.ts'
import { addPeople, addType, buildLedger, password } from '#test/build/ledger.ts'

const both = { email: true, webhook: true }

async function stopped() {
  const at = await buildLedger()
  onTestFinished(() => at.remove())
  const people = await addPeople(at)
  await addType(at, people, 'refund_request', 'human_in_the_loop')
  await stopType(
    at.ledger,
    { interactionType: 'refund_request', reason: 'wrong refunds', by: people.anna.id, password },
    at.clock(),
  )
  await signCheckpoint(at.ledger)
  const fill = async (channels = both) => fillOutbox(at.ledger, channels, await verifyTrail(at.ledger), at.clock())
  const sent: MessageToSend[] = []
  const send = (refuse?: (message: MessageToSend) => string | undefined) =>
    sendOutbox(
      at.ledger,
      async (message) => {
        const why = refuse?.(message)
        if (why !== undefined) throw new Error(why)
        sent.push(message)
      },
      at.clock,
    )
  return { at, people, fill, send, sent }
}

describe('the outbox', () => {
  it('tells each thing once, however often it is filled', async () => {
    const { at, fill, send, sent } = await stopped()
    expect(await fill()).toBeGreaterThan(0)
    expect(await fill()).toBe(0)
    await send()
    const count = sent.length
    at.pass(60)
    expect(await fill()).toBe(0)
    await send()
    expect(sent).toHaveLength(count)
  })

  it('reminds approvers of an unapproved stop in one mail, and tells machines that the level changed', async () => {
    const { fill, send, sent, people } = await stopped()
    await fill()
    await send()
    const reminders = sent.filter(({ subject }) => subject.includes('waits for you'))
    expect(reminders.map(({ to }) => to).sort()).toEqual(
      [people.anna, people.boris, people.chiara, people.owner].map(({ email }) => email).sort(),
    )
    expect(reminders[0]?.body).toContain('The stop of refund_request by Anna waits')
    const event = sent.find(({ channel, subject }) => channel === 'webhook' && subject === 'level.changed')
    expect(sent.filter(({ subject }) => subject === 'level.changed').length).toBeGreaterThan(0)
    expect(JSON.parse(event?.body ?? '')).toMatchObject({
      type: 'level.changed',
      data: { objectType: 'interaction_type', objectId: 'refund_request' },
    })
    expect(
      sent
        .filter(({ channel }) => channel === 'webhook')
        .map(({ body }) => body)
        .join(),
    ).not.toContain('Anna')
  })

  it('gives every signer a receipt that can be checked offline', async () => {
    const { at, fill, send, sent, people } = await stopped()
    await fill()
    await send()
    const receipts = sent.filter(({ attachment }) => attachment !== null)
    expect(receipts.map(({ to }) => to)).toContain(people.anna.email)
    const verifier = findVerifier(at.ledger.keysDirectory)
    for (const { attachment } of receipts) {
      const seq = Number(/event-(\d+)/.exec(attachment?.name ?? '')?.[1])
      const { leaf_sha256 } = await at.ledger.db
        .selectFrom('audit_events')
        .select('leaf_sha256')
        .where('seq', '=', seq)
        .executeTakeFirstOrThrow()
      if (verifier === undefined) throw new Error('no key')
      expect(verifyReceipt(attachment?.content ?? '', Buffer.from(leaf_sha256, 'hex'), verifier).index).toBe(seq)
    }
  })

  it('puts in nothing for a way that is not set up', async () => {
    const { at, fill } = await stopped()
    await fill({ email: false, webhook: false })
    expect(await listMessages(at.ledger, 10)).toEqual([])
    await fill({ email: false, webhook: true })
    expect((await listMessages(at.ledger, 100)).every(({ channel }) => channel === 'webhook')).toBe(true)
  })

  it('tries again later with the same id, longer and longer, and gives up in the end', async () => {
    const { at, fill, send, sent } = await stopped()
    await fill({ email: false, webhook: true })
    const ids = new Set<string>()
    const attempts: number[] = []
    for (let round = 0; round < 40; round += 1) {
      await send((message) => {
        ids.add(message.id)
        attempts.push(message.attempt)
        return 'the receiver is down'
      })
      at.pass(361)
    }
    const messages = await listMessages(at.ledger, 100)
    expect(ids.size).toBe(messages.length)
    expect(Math.max(...attempts)).toBe(14)
    expect(messages.every(({ next_attempt_at, sent_at }) => next_attempt_at === null && sent_at === null)).toBe(true)
    expect(messages[0]?.last_problem).toBe('the receiver is down')
    expect(sent).toEqual([])
  })

  it('lets nobody else send a message that is on its way, until its sender must be dead', async () => {
    const { at, fill } = await stopped()
    await fill({ email: false, webhook: true })
    const first = await listMessages(at.ledger, 100)
    const seen: string[] = []
    // The first sender is killed while it sends.
    await expect(
      Promise.race([
        sendOutbox(
          at.ledger,
          ({ id }) => {
            seen.push(id)
            return new Promise(() => {})
          },
          at.clock,
        ),
        new Promise((_, reject) => setTimeout(() => reject(new Error('killed')), 300)),
      ]),
    ).rejects.toThrow('killed')
    const second: string[] = []
    await sendOutbox(at.ledger, async ({ id }) => void second.push(id), at.clock)
    expect(second).not.toContain(seen[0])
    expect(second).toHaveLength(first.length - 1)
    at.pass(16)
    await sendOutbox(at.ledger, async ({ id }) => void second.push(id), at.clock)
    expect(second.at(-1)).toBe(seen[0])
  })

  it('sends no mail to somebody who was disabled meanwhile', async () => {
    const { at, fill, send, sent, people } = await stopped()
    await fill()
    await setUserDisabled(at.ledger, { userId: people.boris.id, isDisabled: true, by: people.admin.id }, at.clock())
    await send()
    expect(sent.map(({ to }) => to)).not.toContain(people.boris.email)
  })

  it('raises the alarm with auditors and machines when the trail does not hold, and vouches for nothing', async () => {
    const { at, send, sent, people } = await stopped()
    const broken = { ok: false, size: 9, findings: [{ where: 'event 3', what: 'was changed' }], levels: [] } as const
    await fillOutbox(at.ledger, both, { ...broken, findings: [...broken.findings], levels: [] }, at.clock())
    await send()
    const alarms = sent.filter(({ subject }) => subject.includes('does not hold'))
    expect(alarms.map(({ to }) => to)).toEqual([people.admin.email])
    expect(alarms[0]?.body).toContain('event 3: was changed')
    expect(sent.some(({ subject }) => subject === 'trail.broken')).toBe(true)
    expect(sent.filter(({ attachment }) => attachment !== null)).toEqual([])
  })
})
