import { z } from 'zod'
import { OversightError } from '#models/oversight-error.ts'
import { actAs } from '../accounts/acting-user.ts'
import { canonicalJson, sha256Hex } from '../audit/canonical-json.ts'
import { freezeNumbers } from '../audit/freeze-numbers.ts'
import { plainText } from '../audit/plain-text.ts'
import { recordEvent } from '../audit/record-event.ts'
import { change } from '../ledger/change.ts'
import type { Clock } from '../ledger/clock.ts'
import type { Ledger } from '../ledger/open-ledger.ts'
import { parseInput } from '../ledger/parse-input.ts'
import { listPolicies } from '../review/published-policy.ts'
import { parseNextPolicy } from './parse-policy.ts'

const inputSchema = z.object({ reason: plainText(4000, 1) })

/**
 * Drafts the policy that is to follow the newest one. By an approver or a reviewer, who may then not approve it. Drafts
 * are never changed: a better one is another draft. Throws forbidden, bad_input naming each field, conflict when its
 * version is not the next or nothing would change.
 */
export async function draftPolicy(
  ledger: Ledger,
  input: z.input<typeof inputSchema> & { policy: unknown; by: string },
  clock: Clock,
): Promise<{ draftId: string; version: number; contentHash: string }> {
  const { reason } = parseInput(inputSchema, input, 'The draft')
  return change(ledger, async (db) => {
    const actor = await actAs(db, input.by, ['approver', 'reviewer'], 'draft a policy')
    const published = await listPolicies(db)
    const policy = parseNextPolicy(
      published.map((each) => each.policy),
      input.policy,
    )
    const content = canonicalJson(freezeNumbers(policy))
    const contentHash = sha256Hex(content)
    const newest = published[0]?.policy
    if (newest !== undefined && canonicalJson(freezeNumbers({ ...newest, version: policy.version })) === content) {
      throw new OversightError('conflict', 'The draft changes nothing of the policy in force.')
    }
    const draftId = clock.newId()
    await db
      .insertInto('policy_drafts')
      .values({
        draft_id: draftId,
        policy_version: policy.version,
        content,
        content_sha256: contentHash,
        reason,
        drafted_by: actor.id,
        drafted_at: clock.now.toISOString(),
      })
      .execute()
    await recordEvent(
      db,
      clock,
      actor,
      {
        action: 'policy-drafted',
        object: { type: 'policy_draft', id: draftId },
        data: { policyVersion: policy.version, contentSha256: contentHash },
      },
      ['policy_drafts', draftId],
    )
    return { draftId, version: policy.version, contentHash }
  })
}
