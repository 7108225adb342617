import type { User } from '#governance/accounts/user.ts'
import type { ListedEvent } from '#governance/audit/list-audit-events.ts'
import { listHiddenProposals } from '#governance/review/hidden-votes.ts'
import { OversightError } from '#models/oversight-error.ts'
import { ledger } from './ledger.server.ts'

/** Reads the trail with every vote in it: who verifies it and votes on nothing. */
function seesEveryVote({ roles }: User): boolean {
  return roles.includes('auditor') && !roles.includes('approver')
}

/** The events as this person may see them: of votes that are still hidden only that they were cast. */
export async function withoutHiddenVotes(events: ListedEvent[], user: User): Promise<ListedEvent[]> {
  if (seesEveryVote(user) || events.every(({ action }) => action !== 'vote-cast')) return events
  const hidden = await listHiddenProposals((await ledger()).db, user.id)
  return events.map((event) =>
    event.action === 'vote-cast' && hidden.has(event.object.id)
      ? { ...event, data: { meaning: 'voted; hidden until you vote or it is decided' } }
      : event,
  )
}

/** Throws forbidden when the event is a vote that is still hidden from this person. */
export async function refuseHiddenVote(seq: number, user: User): Promise<void> {
  const open = await ledger()
  const event = await open.db
    .selectFrom('audit_events')
    .select(['action', 'object_id', 'actor_id'])
    .where('seq', '=', seq)
    .executeTakeFirst()
  if (event?.action !== 'vote-cast' || event.actor_id === user.id || seesEveryVote(user)) return
  if (!(await listHiddenProposals(open.db, user.id)).has(event.object_id)) return
  throw new OversightError('forbidden', 'This vote stays hidden until you cast yours or the proposal is decided.')
}

/** Throws forbidden while there is any vote that is still hidden from this person: a whole trail would show it. */
export async function refuseHiddenVotes(user: User): Promise<void> {
  if (seesEveryVote(user) || (await listHiddenProposals((await ledger()).db, user.id)).size === 0) return
  throw new OversightError(
    'forbidden',
    'The trail holds votes that stay hidden until you cast yours. Vote first, or ask an auditor who does not vote.',
  )
}
