import { OversightError } from '#models/oversight-error.ts'
import { getActiveUser } from '../accounts/acting-user.ts'
import type { Actor } from '../audit/audit-event.ts'
import { recordEvent } from '../audit/record-event.ts'
import { change, type LedgerTransaction } from '../ledger/change.ts'
import type { Clock } from '../ledger/clock.ts'
import type { Ledger } from '../ledger/open-ledger.ts'
import { listDrawnCases } from './cases-to-open.ts'
import { findCurrentEvidence } from './current-evidence.ts'
import { thawFailingCases } from './frozen-evidence.ts'
import { getOpenReview } from './get-open-review.ts'

interface Opening {
  month: string
  interactionType: string
  by: string
}

/** Notes that somebody who may vote opened the page of a type: from here the time to the vote counts. Once, the first time. */
export async function recordTypeOpened(ledger: Pick<Ledger, 'db'>, opening: Opening, clock: Clock): Promise<void> {
  if (await isOpened(ledger.db, opening, 'type')) return
  await change(ledger, async (db) => {
    const actor = await voter(db, opening)
    await getOpenReview(db, opening.month)
    if (await isOpened(db, opening, 'type')) return
    await insert(db, clock, actor, opening, 'type')
  })
}

/**
 * Notes that somebody opened a failed contact that was drawn for them; opening it again changes nothing. Throws
 * forbidden for who may not vote, not_found for a contact that was not drawn for them, conflict when the review is closed.
 */
export async function recordCaseOpened(
  ledger: Pick<Ledger, 'db'>,
  input: Opening & { caseKey: string },
  clock: Clock,
): Promise<void> {
  await change(ledger, async (db) => {
    const actor = await voter(db, input)
    const review = await getOpenReview(db, input.month)
    const evidence = await findCurrentEvidence(db, input.month, input.interactionType)
    const { month, interactionType } = input
    const failingCases = evidence === undefined ? [] : thawFailingCases(evidence)
    const of = { month, interactionType, failingCases, policyVersion: review.policy_version }
    const drawn = await listDrawnCases(db, of, input.by)
    const found = drawn.find(({ caseKey }) => caseKey === input.caseKey)
    if (found === undefined) {
      throw new OversightError('not_found', 'This contact was not drawn for you, or the evidence changed. Load again.')
    }
    if (found.openedAt === null) await insert(db, clock, actor, input, input.caseKey)
  })
}

async function voter(db: LedgerTransaction, { by, interactionType }: Opening): Promise<Actor> {
  const user = await getActiveUser(db, by)
  if (user.roles.includes('approver')) return { id: user.id, name: user.name, role: 'approver' }
  const type = await db
    .selectFrom('interaction_types')
    .select('owner_id')
    .where('interaction_type', '=', interactionType)
    .executeTakeFirst()
  if (type?.owner_id === user.id) return { id: user.id, name: user.name, role: 'type owner' }
  throw new OversightError('forbidden', 'Only who may vote opens the drawn contacts.')
}

async function isOpened(db: Ledger['db'], opening: Opening, subject: string): Promise<boolean> {
  const row = await db
    .selectFrom('review_openings')
    .select('opened_at')
    .where('review_month', '=', opening.month)
    .where('opener_id', '=', opening.by)
    .where('subject', '=', subject)
    .where('interaction_type', '=', opening.interactionType)
    .executeTakeFirst()
  return row !== undefined
}

async function insert(
  db: LedgerTransaction,
  clock: Clock,
  actor: Actor,
  { month, interactionType }: Opening,
  subject: string,
): Promise<void> {
  await db
    .insertInto('review_openings')
    .values({
      review_month: month,
      opener_id: actor.id,
      subject,
      interaction_type: interactionType,
      opened_at: clock.now.toISOString(),
    })
    .execute()
  const object = { type: 'interaction_type' as const, id: interactionType }
  await recordEvent(
    db,
    clock,
    actor,
    subject === 'type'
      ? { action: 'type-opened', object, data: { month } }
      : { action: 'case-opened', object, data: { month, caseSha256: subject } },
    ['review_openings', month, actor.id, subject, interactionType],
  )
}
