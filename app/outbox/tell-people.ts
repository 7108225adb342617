import { signCheckpoint } from '#governance/audit/sign-checkpoint.ts'
import { type TrailReport, verifyTrail } from '#governance/audit/verify-trail.ts'
import type { Clock } from '#governance/ledger/clock.ts'
import type { Ledger } from '#governance/ledger/open-ledger.ts'
import { fillOutbox } from '#governance/outbox/fill-outbox.ts'
import { type SentOutbox, sendOutbox } from '#governance/outbox/send-outbox.ts'
import type { OutboxSettings } from './outbox-settings.ts'
import { postWebhook } from './post-webhook.ts'
import { openMailSender } from './send-mail.ts'

export interface Told extends SentOutbox {
  trail: TrailReport
  /** Messages that are new in the outbox. */
  added: number
}

/**
 * Verifies the trail (a replay of every level included), signs its end when it holds, and sends what people and machines
 * have to hear. Run it as often as wanted.
 */
export async function tellPeople(ledger: Ledger, settings: OutboxSettings, clock: () => Clock): Promise<Told> {
  const trail = await verifyTrail(ledger)
  if (trail.ok && trail.signedSize < trail.size) await signCheckpoint(ledger)
  const channels = { email: settings.mail !== null, webhook: settings.webhook !== null }
  const added = await fillOutbox(ledger, channels, trail, clock())
  return { trail, added, ...(await sendDue(ledger, settings, clock)) }
}

/** Sends what is due through the ways that are set up. */
export async function sendDue(ledger: Ledger, settings: OutboxSettings, clock: () => Clock): Promise<SentOutbox> {
  const { mail, webhook } = settings
  if (mail === null && webhook === null) return { sent: 0, problems: [] }
  const sender = mail === null ? null : openMailSender(mail)
  try {
    return await sendOutbox(
      ledger,
      async (message) => {
        if (message.channel === 'email') await sender?.send(message)
        else if (webhook !== null) await postWebhook(message, webhook, clock().now)
      },
      clock,
      [...(mail === null ? [] : ['email' as const]), ...(webhook === null ? [] : ['webhook' as const])],
    )
  } finally {
    sender?.close()
  }
}
