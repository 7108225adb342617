import { Command } from 'commander'
import type { Ledger } from '#governance/ledger/open-ledger.ts'
import { withLedger } from './with-ledger.ts'
import { writeWholeFile } from './write-whole-file.ts'

interface Flags {
  home?: string
  output?: string
}

/** The levels in force for platforms that cannot ask over the network. */
export function flagsCommand(): Command {
  return new Command('flags')
    .description(
      'write the levels in force as an OpenFeature flagd definition, as /api/v1/autonomy/flagd.json gives it',
    )
    .option('-o, --output <file>', 'write to this file, which changes in one step')
    .option('--home <directory>', 'where Oversight keeps its data (default: OVERSIGHT_HOME, else ./data)')
    .action((flags: Flags) => withLedger(flags.home, (ledger) => write(ledger, flags.output)))
}

async function write(ledger: Ledger, file: string | undefined): Promise<void> {
  const { flagDefinition } = await import('#governance/autonomy/flag-definition.ts')
  const { listAutonomy } = await import('#governance/autonomy/list-autonomy.ts')
  const text = `${JSON.stringify(flagDefinition(await listAutonomy(ledger, new Date())), null, 2)}\n`
  // The evaluator runs as somebody else, and a level is no secret.
  if (file !== undefined) await writeWholeFile(text, file, { mode: 0o644 })
  else process.stdout.write(text)
}
