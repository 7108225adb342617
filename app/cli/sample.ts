import { Command, InvalidArgumentError } from 'commander'
import { checkClosed, lastClosedMonth } from '#etl/sample/last-closed-month.ts'
import { type SampleReport, writeSample } from '#etl/sample/write-sample.ts'
import { OversightError } from '#models/oversight-error.ts'
import { type Month, parseMonth } from '#models/reporting-month.ts'
import { homeDirectory } from '../home.ts'
import { makeDemonstration } from './make-demonstration.ts'
import { createProgressLine } from './report/progress-line.ts'

interface SampleFlags {
  home?: string
  output?: string
  seed: number
  until?: Month
  interactions: number
  months: number
  json?: true
}

/** What `oversight start` makes in an empty home, too. */
export const demonstrationDefaults = { seed: 7, months: 18, interactions: 100_000 } as const

export function sampleCommand(): Command {
  return new Command('sample')
    .description('make demonstration data: a whole home to look around in, or only the files with -o')
    .option('--home <directory>', 'home to make; it must not exist yet (default: OVERSIGHT_HOME, else ./data)')
    .option('-o, --output <directory>', 'write only the Parquet files, into this folder')
    .option('--seed <number>', 'the same seed gives the same rows', wholeNumber, demonstrationDefaults.seed)
    .option('--until <month>', 'last month, YYYY-MM (default: the last closed month)', month)
    .option(
      '--interactions <number>',
      'contacts altogether, about',
      between(1000, 1e9),
      demonstrationDefaults.interactions,
    )
    .option('--months <number>', 'months altogether', between(1, 120), demonstrationDefaults.months)
    .option('--json', 'print what was made as JSON')
    .action(async (flags: SampleFlags) => {
      const now = new Date()
      const { seed, interactions, months, until = lastClosedMonth(now) } = flags
      checkClosed(until, now)
      if (flags.output !== undefined && flags.home !== undefined) {
        throw new OversightError('bad_input', 'Give --home for a whole home or -o for the files alone, not both.')
      }
      const size = { seed, until, interactions, months }
      const progress = createProgressLine()
      let sample: SampleReport
      let next: string
      try {
        if (flags.output !== undefined) {
          sample = await writeSample({
            ...size,
            directory: flags.output,
            onProgress: ({ entity }) => progress.update({ phase: 'make', what: entity, done: null, total: null }),
          })
          next = `Load them with: oversight load canonical ${flags.output}/*.parquet`
        } else {
          const directory = homeDirectory(flags.home)
          const made = await makeDemonstration({ ...size, directory, onProgress: progress.update })
          sample = made.sample
          next = `Loaded into ${made.home.directory}. Look at it with: oversight start --home ${made.home.directory}`
        }
      } finally {
        progress.stop()
      }
      process.stdout.write(flags.json ? `${JSON.stringify({ ...size, ...sample })}\n` : formatSample(sample, next))
    })
}

function formatSample({ files }: SampleReport, next: string): string {
  const lines = files.map(({ file, rows }) => `${rows.toLocaleString('en-US').padStart(12)} rows  ${file}`)
  return `${[...lines, next].join('\n')}\n`
}

function month(text: string): Month {
  try {
    return parseMonth(text)
  } catch (error) {
    throw new InvalidArgumentError(error instanceof Error ? error.message : String(error))
  }
}

function wholeNumber(text: string): number {
  const value = Number(text.replaceAll('_', ''))
  if (text.trim() === '' || !Number.isSafeInteger(value)) throw new InvalidArgumentError('A whole number is expected.')
  return value
}

function between(minimum: number, maximum: number): (text: string) => number {
  return (text) => {
    const value = wholeNumber(text)
    if (value >= minimum && value <= maximum) return value
    throw new InvalidArgumentError(
      `Give a number from ${minimum.toLocaleString('en-US')} to ${maximum.toLocaleString('en-US')}.`,
    )
  }
}
