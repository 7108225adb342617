import { Command, InvalidArgumentError } from 'commander'
import { formatSourceCheck } from './report/format-source-check.ts'

interface CheckFlags {
  rows: number
  json?: true
}

export function sourceCommand(): Command {
  return new Command('source').description('work on sources of your own').addCommand(
    new Command('check')
      .description('try a source on files without loading them: result, missing columns, refused values, coverage')
      .argument('<directory>', "the source's folder, with source.json and one SQL file per entity")
      .argument('<files...>', 'files of that source, plain or packed (.gz, .zst)')
      .option('--rows <number>', 'how many rows to show of each mapping', rowCount, 3)
      .option('--json', 'print the result as JSON')
      .action(async (directory: string, files: string[], flags: CheckFlags) => {
        // Imported here so that the other commands start without it.
        const [{ checkSource }, { readSourceFolder }] = await Promise.all([
          import('#etl/check-source.ts'),
          import('#etl/source-folder.ts'),
        ])
        const check = await checkSource(readSourceFolder(directory), files, {
          now: new Date(),
          firstRowCount: flags.rows,
        })
        process.stdout.write(flags.json ? `${JSON.stringify(check, null, 2)}\n` : formatSourceCheck(check))
        if (check.entities.some(({ failure }) => failure !== null)) process.exitCode = 1
      }),
  )
}

function rowCount(text: string): number {
  const value = Number(text)
  if (!Number.isSafeInteger(value) || value < 0 || value > 1000) {
    throw new InvalidArgumentError('A whole number up to 1000 is expected.')
  }
  return value
}
