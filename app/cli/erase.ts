import { Command } from 'commander'
import type { Erasure } from '#etl/erase-customer.ts'
import { recordErasure } from '#governance/erasure/record-erasure.ts'
import { systemClock } from '#governance/ledger/clock.ts'
import { countOf } from '#models/format-metric.ts'
import { OversightError } from '#models/oversight-error.ts'
import { currentSnapshot } from '#models/warehouse/snapshots.ts'
import { levelsInForce } from './levels-in-force.ts'
import { parseArgument } from './parse-argument.ts'
import { pseudonymKey, rememberPseudonymKey } from './pseudonym-key.ts'
import { createProgressLine } from './report/progress-line.ts'
import { withLedger } from './with-ledger.ts'

export function eraseCommand(): Command {
  return new Command('erase')
    .description('remove a customer from every kept snapshot, log it with a commitment, and publish anew')
    .argument(
      '<customer>',
      'identifier of the customer in the source, or the pseudonym in the warehouse',
      parseArgument(parseCustomer),
    )
    .option('--home <directory>', 'where Oversight keeps its data (default: OVERSIGHT_HOME, else ./data)')
    .option('--json', 'print what was done as JSON')
    .action((customer: string, flags: { home?: string; json?: true }) =>
      withLedger(flags.home, async (ledger, home) => {
        const [{ eraseCustomer }, { pseudonymOf }, { rebuild }] = await Promise.all([
          import('#etl/erase-customer.ts'),
          import('#etl/pseudonym.ts'),
          import('#etl/rebuild.ts'),
        ])
        const key = pseudonymKey(home)
        const erasure = await eraseCustomer(home, [customer, pseudonymOf(customer, key)], key)
        // A key that found nobody may be the wrong one, and the right one would be refused from then on.
        if (erasure.contactCount > 0) rememberPseudonymKey(home, key)
        const receipt = await recordErasure(ledger, { ...erasure, customer, by: 'system' }, systemClock())
        const progress = createProgressLine()
        try {
          if (currentSnapshot(home.warehouseDirectory) !== undefined && erasure.snapshotCount > 0) {
            await rebuild({
              warehouseDirectory: home.warehouseDirectory,
              reportingTimeZone: home.reportingTimeZone,
              levelsInForce: await levelsInForce(home),
              now: new Date(),
              onProgress: progress.update,
            })
          }
        } finally {
          progress.stop()
        }
        process.stdout.write(
          flags.json
            ? `${JSON.stringify({ ...erasure, ...receipt })}\n`
            : whatWasErased(erasure) +
                `Commitment in the audit trail: ${receipt.commitment}\nNonce, kept nowhere else: ${receipt.nonce}\n` +
                'No load brings the customer back; such rows go to quarantine without their values.\n' +
                'Files from which the customer was loaded, and backups, are not touched: erase there as well.\n',
        )
      }),
    )
}

function whatWasErased({ contactCount, snapshotCount, rejectCount }: Erasure): string {
  if (snapshotCount === 0 && rejectCount === 0) {
    return 'Nothing of this customer was found. Compare the identifier, letter by letter, with the one in the source: another spelling is another customer.\n'
  }
  return `Erased ${countOf(contactCount, 'contact')} from ${countOf(snapshotCount, 'snapshot')} and ${countOf(rejectCount, 'line')} of rejects.\n`
}

function parseCustomer(text: string): string {
  if (text.trim() === '') throw new OversightError('bad_input', 'Name the customer to erase; an empty name is nobody.')
  return text
}
