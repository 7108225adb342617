import { canonicalJson, sha256Hex } from '../audit/canonical-json.ts'
import { freezeNumbers } from '../audit/freeze-numbers.ts'
import { recordEvent } from '../audit/record-event.ts'
import type { LedgerTransaction } from '../ledger/change.ts'
import type { Clock } from '../ledger/clock.ts'
import { systemActor } from '../ledger/system-actor.ts'
import type { Policy } from '../policy/policy.ts'

/** Version 1 comes with the ledger and applies to every month; later versions need their approvals. */
export async function publishFirstPolicy(db: LedgerTransaction, policy: Policy, clock: Clock): Promise<void> {
  const content = canonicalJson(freezeNumbers(policy))
  const contentSha256 = sha256Hex(content)
  const effectiveMonth = '1970-01'
  await db
    .insertInto('policies')
    .values({
      policy_version: policy.version,
      content,
      content_sha256: contentSha256,
      effective_month: effectiveMonth,
      published_at: clock.now.toISOString(),
      published_by: systemActor.id,
    })
    .execute()
  await recordEvent(
    db,
    clock,
    systemActor,
    {
      action: 'policy-published',
      object: { type: 'policy', id: String(policy.version) },
      data: { policyVersion: policy.version, contentSha256, effectiveMonth },
    },
    ['policies', policy.version],
  )
}
