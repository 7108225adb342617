import { statSync } from 'node:fs'
import { availableParallelism, totalmem } from 'node:os'

const megabyte = 1e6
const gigabyte = 1e9

/** Endings of files whose rows take about four times their size as text. */
const isCompact = /\.(gz|zst|parquet|arrow|arrows|feather)$/i

/**
 * What the engine may take for one load when nobody says, as DuckDB writes it. With much more it keeps what it could as
 * well leave in files; with less it spills more. 1 GB up to 3 GB of data as text (about ten million interactions), then
 * evenly up to 2 GB at 13 GB of it (fifty million); at least 250 MB for each core; at most four fifths of the machine.
 *
 * @param files to be loaded
 * @param warehouseFile a copy of the current snapshot; absent before the first load
 */
export function defaultMemoryLimit(
  files: readonly string[],
  warehouseFile: string,
  machine = { cores: availableParallelism(), bytes: totalmem() },
): string {
  const given = files.reduce((sum, file) => sum + sizeOf(file) * (isCompact.test(file) ? 4 : 1), 0)
  // A warehouse is about a third of its rows as text.
  const data = Math.max(given, sizeOf(warehouseFile) * 3)
  const share = Math.min(Math.max((data - 3 * gigabyte) / (10 * gigabyte), 0), 1)
  const bytes = Math.max((1 + share) * gigabyte, machine.cores * 250 * megabyte)
  return `${Math.round(Math.min(bytes, machine.bytes * 0.8) / megabyte)}MB`
}

/** What is not there, or cannot be reached, is told by whoever reads it. */
function sizeOf(file: string): number {
  try {
    return statSync(file).size
  } catch {
    return 0
  }
}
