import { Command } from 'commander'
import type { Ledger } from '#governance/ledger/open-ledger.ts'
import type { Home } from '../home.ts'
import { withLedger } from './with-ledger.ts'

interface Flags {
  home?: string
  json?: true
}

/** The monthly review. */
export function reviewCommand(): Command {
  const review = new Command('review').description('the monthly review')
  review
    .command('open')
    .description('open the review of a month and freeze its evidence; possible once its numbers are final')
    .argument('<month>', 'evidence month, YYYY-MM')
    .option('--home <directory>', 'where Oversight keeps its data (default: OVERSIGHT_HOME, else ./data)')
    .option('--json', 'print the recommendations as JSON')
    .action((month: string, flags: Flags) => withLedger(flags.home, (ledger, home) => open(ledger, home, month, flags)))
  return review
}

async function open(ledger: Ledger, home: Home, month: string, flags: Flags): Promise<void> {
  const { systemClock } = await import('#governance/ledger/clock.ts')
  const { openCurrentWarehouse } = await import('./open-current-warehouse.ts')
  const { openMonthlyReview } = await import('../review-evidence.ts')
  const warehouse = await openCurrentWarehouse(home)
  try {
    const { review } = await openMonthlyReview({ ledger, warehouse: warehouse.db, month, by: 'system' }, systemClock())
    const types = review.types.map(({ interactionType, level, recommendation, firstReason }) => ({
      interactionType,
      level,
      recommendation,
      firstReason,
    }))
    if (flags.json) {
      process.stdout.write(
        `${JSON.stringify({ month: review.month, policyVersion: review.policyVersion, dueAt: review.dueAt, types })}\n`,
      )
      return
    }
    const width = Math.max(...types.map((type) => type.interactionType.length))
    process.stdout.write(
      `Review of ${review.month} is open: ${types.length} types, evidence frozen, policy ${review.policyVersion}, votes due ${review.dueAt.toISOString()}.\n`,
    )
    for (const { interactionType, recommendation, firstReason } of types) {
      process.stdout.write(
        `  ${interactionType.padEnd(width)}  ${(recommendation ?? '').padEnd(6)}  ${firstReason ?? ''}\n`,
      )
    }
  } finally {
    await warehouse.close()
  }
}
