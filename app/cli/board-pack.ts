import { renameSync, rmSync, writeFileSync } from 'node:fs'
import { Command } from 'commander'
import { OversightError } from '#models/oversight-error.ts'
import { type Month, parseMonth } from '#models/reporting-month.ts'
import { type PaperSize, paperSize } from '../board-pack/paper.ts'
import { homeDirectory, openHome } from '../home.ts'
import { parseArgument } from './parse-argument.ts'

export function boardPackCommand(): Command {
  return new Command('board-pack')
    .description('write the board pack of a month as a PDF, the same as the page /board-pack/<month>')
    .argument('<month>', 'evidence month, YYYY-MM', parseArgument(parseMonth))
    .requiredOption('-o, --output <file>', 'write to this file, which appears when it is complete')
    .option('--size <paper>', 'a4 or letter', parseArgument(parsePaperSize), 'a4')
    .option('--home <directory>', 'where Oversight keeps its data (default: OVERSIGHT_HOME, else ./data)')
    .action(async (month: Month, flags: { output: string; size: PaperSize; home?: string }) => {
      // Imported here so that the other commands start without a browser's library.
      const { printPage } = await import('./print-page.ts')
      process.env.OVERSIGHT_LOG_LEVEL ??= 'error'
      const pdf = await printPage(
        openHome(homeDirectory(flags.home)),
        `/board-pack/${month}?size=${flags.size}`,
        (line) => process.stderr.write(`${line}\n`),
      )
      writeWhole(pdf, flags.output)
      process.stdout.write(`${flags.output}: board pack of ${month}, ${Math.ceil(pdf.length / 1024)} KB\n`)
    })
}

function parsePaperSize(text: string): PaperSize {
  const parsed = paperSize.safeParse(text.toLowerCase())
  if (!parsed.success) throw new OversightError('bad_input', `Paper is ${paperSize.options.join(' or ')}, not ${text}.`)
  return parsed.data
}

function writeWhole(content: Buffer, file: string): void {
  const partial = `${file}.partial`
  try {
    writeFileSync(partial, content, { mode: 0o600 })
    renameSync(partial, file)
  } catch (cause) {
    rmSync(partial, { force: true })
    const why = cause instanceof Error ? cause.message : String(cause)
    throw new OversightError('bad_input', `${file} cannot be written: ${why}.`, { cause })
  }
}
