import { Command, InvalidArgumentError } from 'commander'
import { OversightError } from '#models/oversight-error.ts'
import { aboveZero } from './above-zero.ts'
import { allowedFolders, checkAllowedFolders } from './allowed-folders.ts'
import { postgresAccess } from './postgres-access.ts'
import { formatSourceCheck } from './report/format-source-check.ts'

interface CheckFlags {
  rows: number
  mappingMinutes: number
  allow?: string[]
  postgresUrlEnv?: string
  json?: true
}

export function sourceCommand(): Command {
  return new Command('source').description('work on sources of your own').addCommand(
    new Command('check')
      .description('try a source on files without loading them: result, missing columns, refused values, coverage')
      .argument('<directory>', "the source's folder, with source.json and one SQL file per entity")
      .argument('[files...]', 'files of that source, plain or packed (.gz, .zst), folders of them, or quoted patterns')
      .option(
        '--allow <directory>',
        'read files only below this folder (also OVERSIGHT_ALLOWED_FOLDERS); repeatable',
        (folder: string, folders: string[] = []) => [...folders, folder],
      )
      .option(
        '--postgres-url-env <name>',
        'environment variable with the connection string of PostgreSQL (default: the one in source.json, else PGHOST and so on)',
      )
      .option('--rows <number>', 'how many rows to show of each mapping', rowCount, 3)
      .option('--mapping-minutes <number>', 'end a mapping that runs longer', aboveZero, 1)
      .option('--json', 'print the result as JSON')
      .action(async (directory: string, given: string[], flags: CheckFlags) => {
        // Imported here so that the other commands start without it.
        const [{ checkSource }, { isReadFromPostgresOnly, readSourceFolder }, { findInputFiles }] = await Promise.all([
          import('#etl/check-source.ts'),
          import('#etl/source-folder.ts'),
          import('#etl/read/find-input-files.ts'),
        ])
        const source = readSourceFolder(directory)
        if (isReadFromPostgresOnly(source) !== (given.length === 0)) {
          const what = given.length === 0 ? 'Name files to try it on' : 'It reads from PostgreSQL only: name no files'
          throw new OversightError('bad_input', `Source ${source.name}: ${what}.`)
        }
        const postgres = postgresAccess(source, flags.postgresUrlEnv)
        const { files, warnings } = await findInputFiles(source, given)
        checkAllowedFolders(files, allowedFolders(flags.allow))
        const checked = await checkSource(source, files, {
          now: new Date(),
          firstRowCount: flags.rows,
          mappingMinutes: flags.mappingMinutes,
          ...(postgres === undefined ? {} : { postgres }),
        })
        const check = { ...checked, warnings: [...warnings, ...checked.warnings] }
        process.stdout.write(flags.json ? `${JSON.stringify(check, null, 2)}\n` : formatSourceCheck(check))
        if (check.entities.some(({ failure, personalData }) => failure !== null || personalData !== null)) {
          process.exitCode = 1
        }
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
