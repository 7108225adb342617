import { Command } from 'commander'
import type { Ledger } from '#governance/ledger/open-ledger.ts'
import { withLedger } from './with-ledger.ts'

interface Flags {
  home?: string
  json?: true
}

const home = ['--home <directory>', 'where Oversight keeps its data (default: OVERSIGHT_HOME, else ./data)'] as const
const listed = 100

/** Mails and webhooks that wait, were sent, or were given up. "review tick" puts them in and sends them. */
export function outboxCommand(): Command {
  const outbox = new Command('outbox').description('mails and webhooks: what waits, what was sent, what failed')
  outbox
    .command('list')
    .description(`the newest ${listed} messages and what became of them`)
    .option(...home)
    .option('--json', 'print them as JSON')
    .action((flags: Flags) => withLedger(flags.home, (ledger) => list(ledger, flags)))
  outbox
    .command('send')
    .description('send what is due now; OVERSIGHT_SMTP_URL and OVERSIGHT_WEBHOOK_URL say where')
    .option(...home)
    .option('--json', 'print the result as JSON')
    .action((flags: Flags) => withLedger(flags.home, (ledger) => send(ledger, flags)))
  return outbox
}

async function list(ledger: Ledger, flags: Flags): Promise<void> {
  const { listMessages } = await import('#governance/outbox/list-messages.ts')
  const messages = await listMessages(ledger, listed)
  if (flags.json) {
    process.stdout.write(`${JSON.stringify(messages)}\n`)
    return
  }
  const lines = messages.map((message) => {
    const { created_at, channel, recipient, subject, sent_at, next_attempt_at, attempt_count, last_problem } = message
    const state =
      sent_at !== null
        ? `sent ${sent_at}`
        : next_attempt_at === null
          ? `given up after ${attempt_count} attempts: ${last_problem}`
          : attempt_count === 0
            ? 'waits'
            : `tried ${attempt_count} times, again after ${next_attempt_at}: ${last_problem}`
    return `${created_at}  ${channel === 'email' ? `mail to ${recipient}` : 'webhook'}  ${subject}  (${state})`
  })
  process.stdout.write(lines.length === 0 ? 'The outbox is empty.\n' : `${lines.join('\n')}\n`)
}

async function send(ledger: Ledger, flags: Flags): Promise<void> {
  const { systemClock } = await import('#governance/ledger/clock.ts')
  const { readOutboxSettings } = await import('../outbox/outbox-settings.ts')
  const { sendDue } = await import('../outbox/tell-people.ts')
  const { sent, problems } = await sendDue(ledger, readOutboxSettings(process.env), systemClock)
  process.stdout.write(flags.json ? `${JSON.stringify({ sent, problems })}\n` : `${sent} sent.\n`)
  for (const problem of problems) process.stderr.write(`oversight: not sent: ${problem}\n`)
  if (problems.length > 0) process.exitCode = 1
}
