#!/usr/bin/env node
import { Command, CommanderError } from 'commander'
import { OversightError } from '#models/oversight-error.ts'
import { auditCommand } from './audit.ts'
import { backupCommand } from './backup.ts'
import { boardPackCommand } from './board-pack.ts'
import { changesCommand } from './changes.ts'
import { doctorCommand } from './doctor.ts'
import { eraseCommand } from './erase.ts'
import { exportCommand } from './export.ts'
import { flagsCommand } from './flags.ts'
import { ledgerCommand } from './ledger.ts'
import { loadCommand } from './load.ts'
import { modelsCommand } from './models-build.ts'
import { outboxCommand } from './outbox.ts'
import { policyCommand } from './policy.ts'
import { proofPackCommand } from './proof-pack.ts'
import { publishCommand } from './publish.ts'
import { quarantineCommand } from './quarantine.ts'
import { restatementsCommand } from './restatements.ts'
import { restoreCommand } from './restore.ts'
import { retentionCommand } from './retention.ts'
import { reviewCommand } from './review.ts'
import { runsCommand } from './runs.ts'
import { sampleCommand } from './sample.ts'
import { serveCommand } from './serve.ts'
import { snapshotsCommand } from './snapshots.ts'
import { sourceCommand } from './source-check.ts'
import { startCommand } from './start.ts'
import { tokenCommand } from './token.ts'
import { userCommand } from './user.ts'

// DuckDB holds one libuv thread per running query; the default 4 would freeze file reads and password hashing.
process.env.UV_THREADPOOL_SIZE ??= '16'

const program = new Command('oversight')
  .description('Analytics and governance for AI in customer support')
  .showHelpAfterError()
  .exitOverride()

// One command per file, registered here in the order in which an operator meets them.
program.addCommand(startCommand())
program.addCommand(sampleCommand())
program.addCommand(loadCommand())
program.addCommand(sourceCommand())
program.addCommand(quarantineCommand())
program.addCommand(restatementsCommand())
program.addCommand(changesCommand())
program.addCommand(runsCommand())
program.addCommand(snapshotsCommand())
program.addCommand(doctorCommand())
program.addCommand(backupCommand())
program.addCommand(restoreCommand())
program.addCommand(eraseCommand())
program.addCommand(retentionCommand())
program.addCommand(exportCommand())
program.addCommand(modelsCommand())
program.addCommand(publishCommand())
program.addCommand(serveCommand())
program.addCommand(reviewCommand())
program.addCommand(boardPackCommand())
program.addCommand(proofPackCommand())
program.addCommand(policyCommand())
program.addCommand(auditCommand())
program.addCommand(flagsCommand())
program.addCommand(outboxCommand())
program.addCommand(userCommand())
program.addCommand(tokenCommand())
program.addCommand(ledgerCommand())

// A command made elsewhere does not inherit how this program ends on wrong usage.
inheritSettings(program)

// The reader has seen enough, as with "| head": what the command does goes on, its words are lost.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error
})

try {
  refuseUnknownCommand()
  await program.parseAsync()
} catch (error) {
  if (error instanceof CommanderError) {
    process.exitCode = error.exitCode === 0 ? 0 : 2
  } else if (error instanceof OversightError) {
    process.stderr.write(`oversight: ${error.message}\n`)
    process.exitCode = 1
  } else {
    process.stderr.write(
      `oversight: internal error, please report it.\n${error instanceof Error ? error.stack : error}\n`,
    )
    process.exitCode = 1
  }
}

/** With --help the program would print its own help and call that success. */
function refuseUnknownCommand(): void {
  const name = process.argv.slice(2).find((word) => !word.startsWith('-'))
  if (name === undefined || name === 'help' || program.commands.some((command) => command.name() === name)) return
  program.error(`error: unknown command '${name}'`)
}

function inheritSettings(parent: Command): void {
  for (const command of parent.commands) {
    command.copyInheritedSettings(parent)
    inheritSettings(command)
  }
}
