import { Command, InvalidArgumentError } from 'commander'
import { listSnapshots, pruneSnapshots } from '#models/warehouse/prune-snapshots.ts'
import { currentSnapshot } from '#models/warehouse/snapshots.ts'
import { type Home, homeDirectory, openHome } from '../home.ts'
import { hasLedger, openHomeLedger } from '../open-home-ledger.ts'
import { citedMonths, citedSnapshots } from './cited-snapshots.ts'

interface Flags {
  home?: string
  keep: number
  json?: true
}

const home = ['--home <directory>', 'where Oversight keeps its data (default: OVERSIGHT_HOME, else ./data)'] as const

export function snapshotsCommand(): Command {
  const snapshots = new Command('snapshots').description('the published snapshots that are kept')
  snapshots
    .command('list')
    .description('which there are, which is served, which evidence cites')
    .option(...home)
    .option('--json', 'print them as JSON')
    .action(list)
  snapshots
    .command('prune')
    .description(`remove old ones; never the served one, nor one that evidence of the last ${citedMonths} months cites`)
    .option('--keep <number>', 'how many of the newest stay', wholeNumber, 10)
    .option(...home)
    .option('--json', 'print what was removed as JSON')
    .action(prune)
  return snapshots
}

async function list(flags: Flags): Promise<void> {
  const opened = openHome(homeDirectory(flags.home))
  const cited = await citedIn(opened)
  const current = currentSnapshot(opened.warehouseDirectory)
  const all = listSnapshots(opened.warehouseDirectory).map((snapshot) => ({
    ...snapshot,
    isServed: snapshot.id === current?.id,
    isCited: cited.has(snapshot.id),
  }))
  const lines = all.map(
    ({ id, byteCount, isServed, isCited }) =>
      `${id}  ${(byteCount / 1e6).toFixed(1)} MB${isServed ? '  served' : ''}${isCited ? '  cited by evidence' : ''}`,
  )
  process.stdout.write(
    flags.json ? `${JSON.stringify(all, null, 2)}\n` : `${lines.join('\n') || 'Nothing was published yet.'}\n`,
  )
}

async function prune(flags: Flags): Promise<void> {
  const opened = openHome(homeDirectory(flags.home))
  const cited = await citedIn(opened)
  const removed = pruneSnapshots(opened.warehouseDirectory, flags.keep, cited)
  const bytes = removed.reduce((sum, { byteCount }) => sum + byteCount, 0)
  process.stdout.write(
    flags.json
      ? `${JSON.stringify({ removed: removed.map(({ id }) => id), bytes })}\n`
      : `Removed ${removed.length} snapshots, ${(bytes / 1e6).toFixed(1)} MB.\n`,
  )
}

async function citedIn(opened: Home): Promise<Set<number>> {
  if (!hasLedger(opened)) return new Set()
  const ledger = await openHomeLedger(opened)
  try {
    return await citedSnapshots(ledger, new Date())
  } finally {
    await ledger.close()
  }
}

function wholeNumber(text: string): number {
  const value = Number(text)
  if (!Number.isSafeInteger(value) || value < 1) throw new InvalidArgumentError('A whole number above 0 is expected.')
  return value
}
