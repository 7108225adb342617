import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import Database from 'better-sqlite3'
import { verifyTrail } from '#governance/audit/verify-trail.ts'
import { openLedger } from '#governance/ledger/open-ledger.ts'
import { OversightError } from '#models/oversight-error.ts'
import { listSnapshots } from '#models/warehouse/prune-snapshots.ts'
import { currentSnapshot } from '#models/warehouse/snapshots.ts'
import type { Home } from '../../home.ts'
import { ledgerUrl } from '../../open-home-ledger.ts'
import { citedSnapshots } from '../cited-snapshots.ts'
import { isFreePlace } from '../is-free-place.ts'
import { type BackupManifest, manifestFile } from './backup-manifest.ts'
import { copyDurably, syncPath } from './copy-durably.ts'
import { listFiles } from './list-files.ts'
import { placeBeside } from './place-beside.ts'

/** The half of the keys that anybody may have, and that the trail is checked with. */
const publicKeys = ['checkpoint.vkey', 'checkpoint.last']
/** What lies beside the snapshots and outlives each of them. */
const besideSnapshots = [
  'runs.ndjson',
  'values-seen.ndjson',
  'erased-customers.txt',
  'pseudonym-key-check.txt',
  'retention.json',
]

/**
 * Copies a home into a new folder while it is in use: the ledger as of one moment, then the served snapshot and those
 * that its evidence cites, then what lies beside them. Refused rows stay out, and secret keys unless asked for. The
 * folder appears when it is whole. Throws conflict where the place is taken; trail_broken, with the backup made, where
 * the trail in it does not hold.
 */
export async function writeBackup(
  home: Home,
  folder: string,
  { withKeys, now }: { withKeys: boolean; now: Date },
): Promise<BackupManifest> {
  if (!isFreePlace(folder)) {
    throw new OversightError('conflict', `${folder} is not empty. Name a new folder for the backup.`)
  }
  const making = placeBeside(folder)
  try {
    mkdirSync(making, { recursive: true, mode: 0o700 })
    await copyDurably(home.directory, making, 'home.json')
    await copyKeys(home, making, withKeys)
    // The ledger before the snapshots: what it cites was published by then.
    const ledger = await copyLedger(home, making, now)
    const servedSnapshotId = await copyWarehouse(home, making, ledger?.cited ?? new Set())
    const manifest: BackupManifest = {
      version: 1,
      createdAt: now.toISOString(),
      trail: ledger?.trail ?? null,
      servedSnapshotId,
      hasKeys: withKeys,
      files: await listFiles(making),
    }
    writeFileSync(join(making, manifestFile), `${JSON.stringify(manifest, null, 2)}\n`, { mode: 0o600, flush: true })
    await syncPath(making)
    renameSync(making, folder)
    await syncPath(dirname(folder))
    if (ledger?.finding !== undefined) {
      throw new OversightError(
        'trail_broken',
        `The backup is in ${folder}, but the audit trail in it does not hold: ${ledger.finding}. Keep it apart, and keep the backups before it.`,
      )
    }
    return manifest
  } catch (error) {
    rmSync(making, { recursive: true, force: true })
    throw error
  }
}

async function copyKeys(home: Home, making: string, withKeys: boolean): Promise<void> {
  const names = readdirSync(home.keysDirectory).filter((name) => withKeys || publicKeys.includes(name))
  for (const name of names) await copyDurably(home.directory, making, join('keys', name))
}

/** By the engine's online copy, which waits for nobody and is of one moment. null where there is no ledger file. */
async function copyLedger(
  home: Home,
  making: string,
  now: Date,
): Promise<{ trail: BackupManifest['trail']; finding?: string; cited: Set<number> } | null> {
  if (ledgerUrl() !== undefined || !existsSync(home.ledgerFile)) return null
  const file = join(making, 'ledger.sqlite')
  const source = new Database(home.ledgerFile, { readonly: true, timeout: 10_000 })
  try {
    await source.backup(file)
  } finally {
    source.close()
  }
  const copy = await openLedger(file, { keysDirectory: join(making, 'keys') })
  try {
    const report = await verifyTrail(copy)
    const cited = await citedSnapshots(copy, now)
    if (report.ok) return { trail: { size: report.size, root: report.root }, cited }
    const [first] = report.findings
    return { trail: null, finding: `${first?.where}: ${first?.what}`, cited }
  } finally {
    await copy.close()
    await syncPath(file)
  }
}

/** Gives the number of the served snapshot. Snapshots never change, so a load may publish meanwhile. */
async function copyWarehouse(home: Home, making: string, cited: ReadonlySet<number>): Promise<number | null> {
  const names = ['current.json', ...besideSnapshots]
  for (const name of names.filter((each) => existsSync(join(home.warehouseDirectory, each)))) {
    await copyDurably(home.directory, making, join('warehouse', name))
  }
  // Of the copied pointer: the one of the home may have moved on.
  const served = currentSnapshot(join(making, 'warehouse'))
  const wanted = listSnapshots(home.warehouseDirectory).filter(({ id }) => id === served?.id || cited.has(id))
  for (const { file } of wanted) await copyDurably(home.directory, making, join('warehouse', basename(file)))
  return served?.id ?? null
}
