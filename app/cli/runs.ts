import { Command } from 'commander'
import { countOf } from '#models/format-metric.ts'
import { homeDirectory, openHome } from '../home.ts'
import { listRuns } from '../runs/run-log.ts'

export function runsCommand(): Command {
  return new Command('runs')
    .description('every load that was tried: when, who, how long, what came of it, failed and killed ones too')
    .option('--failed', 'only those that failed or were killed')
    .option('--home <directory>', 'where Oversight keeps its data (default: OVERSIGHT_HOME, else ./data)')
    .option('--json', 'print them as JSON')
    .action((flags: { home?: string; failed?: true; json?: true }) => {
      const runs = listRuns(openHome(homeDirectory(flags.home)), new Date()).filter(
        ({ outcome }) => flags.failed === undefined || outcome !== 'published',
      )
      if (flags.json) {
        process.stdout.write(`${JSON.stringify(runs, null, 2)}\n`)
        return
      }
      const lines = runs.map((run) => {
        const what =
          run.outcome === 'published'
            ? `load ${run.loadId}, snapshot ${run.snapshotId}, ${countOf(run.read ?? 0, 'row')} read, ${run.quarantined} refused${run.loadedThrough ? `, loaded through ${run.loadedThrough}` : ''}`
            : `${run.outcome === 'failed' ? `failed (${run.errorCode})` : 'killed, ended from outside'}: ${run.error?.split('\n')[0]}`
        return `${run.startedAt}  ${run.source}  ${countOf(run.files.length, 'file')}  ${run.seconds.toFixed(1)} s  by ${run.loadedBy}  ${what}`
      })
      process.stdout.write(lines.length === 0 ? 'No load was tried yet.\n' : `${lines.join('\n')}\n`)
    })
}
