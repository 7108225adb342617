import type { Kysely } from 'kysely'
import { OversightError } from '#models/oversight-error.ts'
import { thawNumbers } from '../audit/freeze-numbers.ts'
import type { LedgerSchema, PoliciesTable } from '../ledger/ledger-schema.ts'
import { parsePolicy } from '../policy/parse-policy.ts'
import type { Policy } from '../policy/policy.ts'

/** Text members that could look like decimals. */
export const policyTextKeys: ReadonlySet<string> = new Set(['name', 'what', 'gate'])

export interface PublishedPolicy {
  policy: Policy
  contentSha256: string
  /** First evidence month it applies to. */
  effectiveMonth: string
  publishedAt: Date
  publishedBy: string
}

/** The policy in force on the last day of the evidence month. */
export async function getPolicyOfMonth(db: Kysely<LedgerSchema>, month: string): Promise<PublishedPolicy> {
  const row = await db
    .selectFrom('policies')
    .selectAll()
    .where('effective_month', '<=', month)
    .orderBy('policy_version', 'desc')
    .executeTakeFirst()
  if (row === undefined) throw new OversightError('not_found', `No policy was in force in ${month}.`)
  return toPublishedPolicy(row)
}

/** One version; undefined when it was never published. */
export async function findPolicy(db: Kysely<LedgerSchema>, version: number): Promise<PublishedPolicy | undefined> {
  const row = await db.selectFrom('policies').selectAll().where('policy_version', '=', version).executeTakeFirst()
  return row === undefined ? undefined : toPublishedPolicy(row)
}

/** The newest version. */
export async function getCurrentPolicy(db: Kysely<LedgerSchema>): Promise<Policy> {
  const [newest] = await listPolicies(db)
  if (newest === undefined) throw new OversightError('internal', 'The ledger holds no policy.')
  return newest.policy
}

/** Every version, newest first. */
export async function listPolicies(db: Kysely<LedgerSchema>): Promise<PublishedPolicy[]> {
  const rows = await db.selectFrom('policies').selectAll().orderBy('policy_version', 'desc').execute()
  return rows.map(toPublishedPolicy)
}

function toPublishedPolicy(row: PoliciesTable): PublishedPolicy {
  return {
    policy: parsePolicy(thawNumbers(JSON.parse(row.content), policyTextKeys)),
    contentSha256: row.content_sha256,
    effectiveMonth: row.effective_month,
    publishedAt: new Date(row.published_at),
    publishedBy: row.published_by,
  }
}
