import type { Kysely } from 'kysely'
import { countOf, formatMonth } from '#models/format-metric.ts'
import { levelBelow } from '../evaluate/levels.ts'
import type { LedgerSchema } from '../ledger/ledger-schema.ts'
import type { Ledger } from '../ledger/open-ledger.ts'
import { findOpenLevel } from '../levels/level-at.ts'
import { levelWords } from '../levels/level-words.ts'
import { findDecisionInForce, listTypesInForce } from './decision-in-force.ts'

/** Something that people have to do by a day. */
export interface Reminder {
  kind: 'review_due' | 'stop_approval_due' | 'decision_expires'
  /** Month of the review, or the type. */
  subject: string
  dueAt: Date
  isOverdue: boolean
  /** One sentence. */
  what: string
}

/** A decision is renewed in a review, so its end is told this long before. */
const noticeDays = 45

/** What waits for people at an instant, the soonest first: undecided reviews, unapproved stops, decisions about to expire. */
export async function listReminders(ledger: Pick<Ledger, 'db'>, now: Date): Promise<Reminder[]> {
  const { db } = ledger
  const found = [...(await undecidedReviews(db)), ...(await unapprovedStops(db)), ...(await expiring(db, now))]
  return found
    .map((reminder) => ({ ...reminder, isOverdue: reminder.dueAt <= now }))
    .sort((a, b) => a.dueAt.getTime() - b.dueAt.getTime() || a.subject.localeCompare(b.subject))
}

type Due = Omit<Reminder, 'isOverdue'>

async function undecidedReviews(db: Kysely<LedgerSchema>): Promise<Due[]> {
  const rows = await db
    .selectFrom('reviews')
    .innerJoin('review_types', 'review_types.review_month', 'reviews.review_month')
    .leftJoin('decisions', (join) =>
      join
        .onRef('decisions.review_month', '=', 'review_types.review_month')
        .onRef('decisions.interaction_type', '=', 'review_types.interaction_type'),
    )
    .select((of) => ['reviews.review_month', 'reviews.due_at', of.fn.count('review_types.interaction_type').as('open')])
    .where('reviews.state', '=', 'open')
    .where('decisions.decision_id', 'is', null)
    .groupBy(['reviews.review_month', 'reviews.due_at'])
    .execute()
  return rows.map((row) => ({
    kind: 'review_due',
    subject: row.review_month,
    dueAt: new Date(row.due_at),
    what: `${countOf(Number(row.open), 'type')} of the review of ${formatMonth(row.review_month)} ${Number(row.open) === 1 ? 'waits' : 'wait'} for a decision.`,
  }))
}

async function unapprovedStops(db: Kysely<LedgerSchema>): Promise<Due[]> {
  const rows = await db
    .selectFrom('decisions')
    .leftJoin('stop_approvals', 'stop_approvals.decision_id', 'decisions.decision_id')
    .select(['decisions.interaction_type', 'decisions.approval_due_at', 'decisions.signer_name'])
    .where('decisions.kind', '=', 'stop')
    .where('stop_approvals.decision_id', 'is', null)
    .execute()
  return rows.map((row) => ({
    kind: 'stop_approval_due',
    subject: row.interaction_type,
    dueAt: new Date(row.approval_due_at ?? ''),
    what: `The stop of ${row.interaction_type} by ${row.signer_name} waits for the approval of another approver.`,
  }))
}

async function expiring(db: Kysely<LedgerSchema>, now: Date): Promise<Due[]> {
  const found: Due[] = []
  for (const interactionType of await listTypesInForce(db)) {
    const decision = await findDecisionInForce(db, interactionType)
    const level = (await findOpenLevel(db, interactionType))?.level
    const safer = level === undefined ? undefined : levelBelow(level)
    if (decision === undefined || safer === undefined) continue
    const dueAt = new Date(decision.valid_until)
    if (dueAt.getTime() - now.getTime() > noticeDays * 86_400_000) continue
    found.push({
      kind: 'decision_expires',
      subject: interactionType,
      dueAt,
      what: `The decision on ${interactionType} is valid until ${decision.valid_until.slice(0, 10)}; not renewed by then, it steps down to ${levelWords[safer]}.`,
    })
  }
  return found
}
