import { Command } from 'commander'
import { modelsExplainCommand } from './models-explain.ts'
import { rebuildSnapshot } from './rebuild-snapshot.ts'

export function modelsCommand(): Command {
  const models = new Command('models').description('work on the models')
  models
    .command('build')
    .description('build the models again over the facts that are loaded, after a change of definitions, and publish')
    .option('--home <directory>', 'where Oversight keeps its data (default: OVERSIGHT_HOME, else ./data)')
    .option('--json', 'print the snapshot as JSON')
    .action(rebuildSnapshot)
  models.addCommand(modelsExplainCommand())
  return models
}
