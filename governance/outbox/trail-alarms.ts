import type { User } from '../accounts/user.ts'
import type { TrailReport } from '../audit/verify-trail.ts'
import type { OutboxChannels, OutboxMessage } from './outbox-message.ts'

/**
 * When the trail does not hold: a mail a day to every auditor and administrator, and a webhook a day, with the first
 * findings. Nothing when it holds. Pure.
 */
export function trailAlarms(
  report: TrailReport,
  people: readonly User[],
  channels: OutboxChannels,
  now: Date,
): OutboxMessage[] {
  if (report.ok) return []
  const day = now.toISOString().slice(0, 10)
  const count = report.findings.length
  const listed = report.findings.slice(0, 20)
  const subject = `Oversight: the audit trail does not hold, ${count} finding${count === 1 ? '' : 's'}`
  const body = `${listed.map(({ where, what }) => `- ${where}: ${what}`).join('\n')}
${count > listed.length ? `and ${count - listed.length} more. ` : ''}Keep the ledger as it is, and run "oversight audit verify".
`
  const mails = people
    .filter(({ isDisabled, roles }) => !isDisabled && (roles.includes('auditor') || roles.includes('admin')))
    .map(
      ({ id }): OutboxMessage => ({
        onceKey: `trail alarm ${id} ${day}`,
        channel: 'email',
        recipientId: id,
        subject,
        body,
        attachment: null,
      }),
    )
  const type = 'trail.broken'
  const webhook: OutboxMessage = {
    onceKey: `trail alarm ${day}`,
    channel: 'webhook',
    recipientId: null,
    subject: type,
    body: JSON.stringify({ type, timestamp: now.toISOString(), data: { size: report.size, findings: listed } }),
    attachment: null,
  }
  return [...(channels.email ? mails : []), ...(channels.webhook ? [webhook] : [])]
}
