import type { Kysely } from 'kysely'
import type { LedgerSchema } from '../ledger/ledger-schema.ts'
import type { MemoryTree } from './memory-tree.ts'
import { nodeHash } from './merkle-tree.ts'
import type { Finding } from './verify-trail.ts'

/** Compares the stored hashes of subtrees with the events (height 0) and with their own halves (above). */
export async function verifyNodes(db: Kysely<LedgerSchema>, tree: MemoryTree, findings: Finding[]): Promise<void> {
  let below: (Buffer | undefined)[] = []
  const counts = tree.counts()
  for (const [height, count] of counts.entries()) {
    const rows = await db
      .selectFrom('audit_nodes')
      .select(['position', 'sha256'])
      .where('height', '=', height)
      .orderBy('position')
      .execute()
    const stored: (Buffer | undefined)[] = new Array(count).fill(undefined)
    for (const row of rows) {
      const where = `audit_nodes ${height}/${row.position}`
      if (row.position >= count) {
        findings.push({ where, what: 'there is no event under this hash' })
        continue
      }
      if (!/^[0-9a-f]{64}$/.test(row.sha256)) findings.push({ where, what: 'this is not written as a hash' })
      const hash = Buffer.from(row.sha256, 'hex')
      const [left, right] = [below[row.position * 2], below[row.position * 2 + 1]]
      const expected =
        height === 0
          ? await tree.read(0, row.position)
          : left === undefined || right === undefined
            ? undefined
            : nodeHash(left, right)
      if (expected !== undefined && !hash.equals(expected)) {
        findings.push({
          where,
          what: height === 0 ? `event ${row.position} has another hash` : 'the hash is not that of its two halves',
        })
      }
      stored[row.position] = hash
    }
    for (const position of stored.keys()) {
      if (stored[position] === undefined) {
        findings.push({ where: `audit_nodes ${height}/${position}`, what: 'the hash is missing' })
      }
    }
    below = stored
  }
  const extra = await db
    .selectFrom('audit_nodes')
    .select(['height', 'position'])
    .where('height', '>=', counts.length)
    .execute()
  for (const { height, position } of extra) {
    findings.push({ where: `audit_nodes ${height}/${position}`, what: 'there is no event under this hash' })
  }
}
