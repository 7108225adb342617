import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { verifyTrail } from '#governance/audit/verify-trail.ts'
import { openLedger } from '#governance/ledger/open-ledger.ts'
import { OversightError } from '#models/oversight-error.ts'
import { getSnapshotInfo } from '#models/warehouse/get-snapshot-info.ts'
import { openWarehouse } from '#models/warehouse/open-warehouse.ts'
import { currentSnapshot } from '#models/warehouse/snapshots.ts'
import { openHome } from '../../home.ts'
import { isFreePlace } from '../is-free-place.ts'
import { type BackupManifest, readManifest } from './backup-manifest.ts'
import { copyDurably, syncPath } from './copy-durably.ts'
import { listFiles } from './list-files.ts'
import { placeBeside } from './place-beside.ts'

/**
 * Makes a home from a backup. Every copied file must have the hash of the manifest, the trail must hold and be the one
 * that was backed up, and the served snapshot must open; the home appears only then.
 * Throws conflict where the place is taken, bad_input where a file is not what it was, trail_broken for the trail.
 */
export async function restoreBackup(folder: string, directory: string): Promise<BackupManifest> {
  if (!isFreePlace(directory)) {
    throw new OversightError('conflict', `${directory} is not empty. A backup is restored into a new folder only.`)
  }
  const manifest = readManifest(folder)
  const making = placeBeside(directory)
  try {
    mkdirSync(making, { recursive: true, mode: 0o700 })
    for (const { path } of manifest.files) {
      if (!existsSync(join(folder, path))) throw damaged(folder, `${path} is missing`)
      await copyDurably(folder, making, path)
    }
    await compareFiles(folder, making, manifest)
    const home = openHome(making)
    await checkTrail(folder, home, manifest)
    await checkSnapshot(folder, home.warehouseDirectory, manifest)
    await syncPath(making)
    renameSync(making, directory)
    await syncPath(dirname(directory))
    return manifest
  } catch (error) {
    rmSync(making, { recursive: true, force: true })
    throw error
  }
}

/** What was copied, not what lies in the backup: a disk may fail on either side. */
async function compareFiles(folder: string, making: string, manifest: BackupManifest): Promise<void> {
  const copied = new Map((await listFiles(making)).map((file) => [file.path, file]))
  for (const { path, sha256 } of manifest.files) {
    if (copied.get(path)?.sha256 !== sha256) throw damaged(folder, `${path} is not the file that was backed up`)
  }
}

async function checkTrail(
  folder: string,
  home: { ledgerFile: string; keysDirectory: string },
  { trail }: BackupManifest,
): Promise<void> {
  if (!existsSync(home.ledgerFile)) return
  const ledger = await openLedger(home.ledgerFile, { keysDirectory: home.keysDirectory })
  try {
    const report = await verifyTrail(ledger)
    const broken = (what: string) =>
      new OversightError(
        'trail_broken',
        `The audit trail in ${folder} does not hold: ${what}. Nothing was restored; take another backup.`,
      )
    if (!report.ok) throw broken(`${report.findings[0]?.where}: ${report.findings[0]?.what}`)
    if (report.size !== trail?.size || report.root !== trail.root) throw broken('it is not the one of the manifest')
  } finally {
    await ledger.close()
  }
}

async function checkSnapshot(folder: string, warehouseDirectory: string, manifest: BackupManifest): Promise<void> {
  const served = currentSnapshot(warehouseDirectory)
  if ((served?.id ?? null) !== manifest.servedSnapshotId) throw damaged(folder, 'it serves another snapshot')
  if (served === undefined) return
  const warehouse = await openWarehouse(served.file, { mode: 'read' })
  try {
    await getSnapshotInfo(warehouse.db)
  } finally {
    await warehouse.close()
  }
}

function damaged(folder: string, what: string): OversightError {
  return new OversightError(
    'bad_input',
    `The backup in ${folder} is damaged: ${what}. Nothing was restored; take another backup.`,
  )
}
