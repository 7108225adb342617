import { Command } from 'commander'
import { rebuildSnapshot } from './rebuild-snapshot.ts'

export function publishCommand(): Command {
  return new Command('publish')
    .description('publish a new snapshot with the levels that are in force now')
    .option('--home <directory>', 'where Oversight keeps its data (default: OVERSIGHT_HOME, else ./data)')
    .option('--json', 'print the snapshot as JSON')
    .action(rebuildSnapshot)
}
