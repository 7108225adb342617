import { listUsers } from '#governance/accounts/list-users.ts'
import type { User } from '#governance/accounts/user.ts'
import { type ListedEvent, readAuditEvents } from '#governance/audit/list-audit-events.ts'
import { guarded, trailReaders } from '../access.server.ts'
import { askedEvents, eventFilter } from '../audit/event-filter.ts'
import { withoutHiddenVotes } from '../audit-votes.server.ts'
import { eventSentence } from '../audit-words.ts'
import { streamTableCsv } from '../exports/stream-table-csv.ts'
import type { CsvColumns } from '../exports/table-csv.ts'
import { ledger } from '../ledger.server.ts'

/** Every event of the filters as a file, as this person may see it. */
export const loader = guarded(trailReaders, async ({ request, user }) => {
  const chosen = eventFilter.parse(Object.fromEntries(new URL(request.url).searchParams))
  return streamTableCsv(columns, rowsFor(user, askedEvents(chosen)), 'oversight-audit-events.csv')
})

async function* rowsFor(user: User, filter: ReturnType<typeof askedEvents>): AsyncGenerator<Row[]> {
  const open = await ledger()
  const names = new Map((await listUsers(open)).map(({ id, name }) => [id, name]))
  for await (const events of readAuditEvents(open, filter)) {
    const seen = await withoutHiddenVotes(events, user)
    yield seen.map((event) => ({ ...event, sentence: eventSentence(event, names) }))
  }
}

type Row = ListedEvent & { sentence: string }

const columns: CsvColumns<Row> = {
  number: ({ seq }) => seq,
  recorded_at: ({ ts }) => ts,
  person_id: ({ actor }) => actor.id,
  person: ({ actor }) => actor.name,
  role: ({ actor }) => actor.role,
  event: ({ action }) => action,
  object_type: ({ object }) => object.type,
  object_id: ({ object }) => object.id,
  what: ({ sentence }) => sentence,
  content: ({ data }) => JSON.stringify(data),
  event_id: ({ id }) => id,
  leaf_sha256: ({ leafHash }) => leafHash,
}
