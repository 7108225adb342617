import { Readable } from 'node:stream'
import { Command } from 'commander'
import { OversightError } from '#models/oversight-error.ts'
import { openWarehouse } from '#models/warehouse/open-warehouse.ts'
import { currentSnapshot } from '#models/warehouse/snapshots.ts'
import { type DatasetName, datasetNames, parseDatasetName } from '../exports/datasets.ts'
import { type ExportFormat, exportFormats, parseExportFormat } from '../exports/export-format.ts'
import { homeDirectory, openHome } from '../home.ts'
import { parseArgument } from './parse-argument.ts'
import { writeToStandardOutput } from './write-to-standard-output.ts'
import { writeWholeFile } from './write-whole-file.ts'

export function exportCommand(): Command {
  return new Command('export')
    .description('write a dataset of the current snapshot to standard output or a file')
    .argument('<dataset>', datasetNames.join(', '), parseArgument(parseDatasetName))
    .option('--format <format>', exportFormats.join(', '), parseArgument(parseExportFormat), 'csv')
    .option('-o, --output <file>', 'write to this file, which appears when it is complete')
    .option('--home <directory>', 'where Oversight keeps its data (default: OVERSIGHT_HOME, else ./data)')
    .action(async (dataset: DatasetName, flags: { format: ExportFormat; output?: string; home?: string }) => {
      const { format } = flags
      const home = openHome(homeDirectory(flags.home))
      const snapshot = currentSnapshot(home.warehouseDirectory)
      if (snapshot === undefined) {
        throw new OversightError('not_found', 'Nothing has been loaded yet. Load data first with "oversight load".')
      }
      if (flags.output === undefined && process.stdout.isTTY && (format === 'parquet' || format === 'arrow')) {
        throw new OversightError('bad_input', `${format} is binary. Name a file with -o, or redirect the output.`)
      }
      // Imported here so that the other commands start without the Arrow library.
      const { exportDataset } = await import('../exports/export-dataset.ts')
      const warehouse = await openWarehouse(snapshot.file, { mode: 'read' })
      try {
        const pieces = Readable.from(exportDataset(warehouse, dataset, format))
        await (flags.output === undefined ? writeToStandardOutput(pieces) : writeWholeFile(pieces, flags.output))
      } finally {
        await warehouse.close()
      }
    })
}
