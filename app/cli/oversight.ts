#!/usr/bin/env node
import { Command, CommanderError } from 'commander'
import { OversightError } from '#models/oversight-error.ts'

// DuckDB holds one libuv thread per running query; the default 4 would freeze file reads and password hashing.
process.env.UV_THREADPOOL_SIZE ??= '16'

const program = new Command('oversight')
  .description('Analytics and governance for AI in customer support')
  .showHelpAfterError()
  .exitOverride()

// One command per file, registered here in the order in which an operator meets them.

try {
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
