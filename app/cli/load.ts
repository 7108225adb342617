import { userInfo } from 'node:os'
import { Command, InvalidArgumentError } from 'commander'
import { homeDirectory, openOrCreateHome } from '../home.ts'
import { levelsInForce } from './levels-in-force.ts'
import { formatLoadReport } from './report/format-load-report.ts'
import { createProgressLine } from './report/progress-line.ts'

interface LoadFlags {
  home?: string
  sources?: string
  maxRejectPercent: number
  maxFileBytes?: number
  memory?: string
  json?: true
}

export function loadCommand(): Command {
  return new Command('load')
    .description('load files into the warehouse and publish a new snapshot; all or nothing')
    .argument('<source>', 'kind of files, for example canonical or tau2-bench')
    .argument('<files...>', 'files of that source, plain or packed (.gz, .zst)')
    .option('--home <directory>', 'where Oversight keeps its data (default: OVERSIGHT_HOME, else ./data)')
    .option('--sources <directory>', 'folder with sources of your own')
    .option('--max-reject-percent <number>', 'refuse the load when more rows of an entity are quarantined', percent, 5)
    .option('--max-file-bytes <number>', 'largest file accepted, unpacked', bytes)
    .option('--memory <size>', 'memory limit of the engine, for example 4GB')
    .option('--json', 'print the report as JSON')
    .action(async (source: string, files: string[], flags: LoadFlags) => {
      // Imported here so that the other commands start without it.
      const [{ load }, { findSourceFolder }] = await Promise.all([
        import('#etl/load.ts'),
        import('#etl/source-folder.ts'),
      ])
      const folder = findSourceFolder(source, flags.sources === undefined ? [] : [flags.sources])
      const home = openOrCreateHome(homeDirectory(flags.home))
      const progress = createProgressLine()
      try {
        const report = await load({
          warehouseDirectory: home.warehouseDirectory,
          rejectsDirectory: home.rejectsDirectory,
          reportingTimeZone: home.reportingTimeZone,
          source: folder,
          files,
          loadedBy: userInfo().username,
          now: new Date(),
          levelsInForce: await levelsInForce(home),
          maximumRejectShare: flags.maxRejectPercent / 100,
          ...(flags.maxFileBytes === undefined ? {} : { limits: { maximumBytes: flags.maxFileBytes } }),
          ...(flags.memory === undefined ? {} : { memoryLimit: flags.memory }),
          onProgress: progress.update,
        })
        progress.stop()
        process.stdout.write(flags.json ? `${JSON.stringify(report, null, 2)}\n` : formatLoadReport(report))
      } finally {
        progress.stop()
      }
    })
}

function percent(text: string): number {
  const value = Number(text)
  if (text.trim() === '' || !(value >= 0 && value <= 100)) {
    throw new InvalidArgumentError('A number from 0 to 100 is expected.')
  }
  return value
}

function bytes(text: string): number {
  const value = Number(text)
  if (!Number.isSafeInteger(value) || value < 1) throw new InvalidArgumentError('A whole number of bytes is expected.')
  return value
}
