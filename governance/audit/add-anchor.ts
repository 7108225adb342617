import { createHash } from 'node:crypto'
import { OversightError } from '#models/oversight-error.ts'
import { change } from '../ledger/change.ts'
import type { Clock } from '../ledger/clock.ts'
import type { Ledger } from '../ledger/open-ledger.ts'

/** An RFC 3161 response is a few kilobytes; with its certificates some tens. */
const mostBytes = 256 * 1024
/** DER: a sequence. */
const sequence = 0x30

/**
 * Keeps an RFC 3161 timestamp response (DER) of a checkpoint: from then on not even the holders of database and key can
 * make the trail up to there anew without it showing. Which checkpoint it stamps is found by the SHA-256 of the note
 * inside it. Its signature is for `openssl ts -verify` and the authority's certificate to judge.
 * Throws bad_input when it stamps no checkpoint of this ledger, conflict when it is kept already.
 */
export async function addAnchor(ledger: Ledger, response: Buffer, clock: Clock): Promise<{ treeSize: number }> {
  if (response.length > mostBytes || response[0] !== sequence) {
    throw new OversightError(
      'bad_input',
      'This is no timestamp response: RFC 3161, DER, as a timestamp authority sends it.',
    )
  }
  return change(ledger, async (db) => {
    const checkpoints = await db
      .selectFrom('checkpoints')
      .select(['tree_size', 'note'])
      .orderBy('tree_size', 'desc')
      .execute()
    const stamped = checkpoints.find(({ note }) => response.includes(createHash('sha256').update(note).digest()))
    if (stamped === undefined) {
      throw new OversightError(
        'bad_input',
        `This timestamp stamps none of the ${checkpoints.length} checkpoints of this ledger. Make the query with SHA-256 from what "oversight audit checkpoint" printed, byte by byte.`,
      )
    }
    await db
      .insertInto('checkpoint_anchors')
      .values({
        tree_size: stamped.tree_size,
        anchor_sha256: createHash('sha256').update(response).digest('hex'),
        kind: 'rfc3161',
        content_base64: response.toString('base64'),
        added_at: clock.now.toISOString(),
      })
      .execute()
    return { treeSize: stamped.tree_size }
  })
}
