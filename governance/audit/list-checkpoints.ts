import type { Ledger } from '../ledger/open-ledger.ts'

export interface StoredCheckpoint {
  size: number
  rootHash: string
  /** C2SP signed note, as given to signers. */
  note: string
}

/** Signed tree heads, newest first. */
export async function listCheckpoints(ledger: Pick<Ledger, 'db'>, limit: number): Promise<StoredCheckpoint[]> {
  const rows = await ledger.db.selectFrom('checkpoints').selectAll().orderBy('tree_size', 'desc').limit(limit).execute()
  return rows.map((row) => ({ size: row.tree_size, rootHash: row.root_sha256, note: row.note }))
}
