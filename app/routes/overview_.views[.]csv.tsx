import { listViews } from '#governance/views/list-views.ts'
import type { SavedView } from '#governance/views/saved-view.ts'
import { guarded, readers } from '../access.server.ts'
import { viewWords } from '../evidence/views/view-search.ts'
import { csvResponse, tableCsv } from '../exports/table-csv.ts'
import { ledger } from '../ledger.server.ts'

/** One's own saved views as a file. */
export const loader = guarded(readers, async ({ user }) =>
  csvResponse(tableCsv(columns, await listViews(await ledger(), { userId: user.id })), 'oversight-my-views.csv'),
)

const columns = {
  name: (row: SavedView) => row.name,
  shows: (row) => viewWords(row.search),
  search: (row) => row.search,
} satisfies Parameters<typeof tableCsv<SavedView>>[0]
