import type { FatigueSign } from '#governance/review/oversight-fatigue.ts'
import { guarded, readers } from '../access.server.ts'
import { csvResponse, tableCsv } from '../exports/table-csv.ts'
import { getReviewHabits } from '../review-habits.server.ts'

/** How carefully the room votes, and whom of it the reader may see, as a file. */
export const loader = guarded(readers, async ({ user }) => {
  const { room, people } = await getReviewHabits(user, new Date())
  return csvResponse(tableCsv(columns, [{ name: 'The room', sign: room }, ...people]), 'oversight-habits.csv')
})

type Row = { name: string; sign: FatigueSign }

const columns = {
  name: (row: Row) => row.name,
  vote_count: (row) => row.sign.voteCount,
  against_count: (row) => row.sign.againstCount,
  against_rate: (row) => row.sign.againstShare,
  timed_count: (row) => row.sign.timedCount,
  median_seconds: (row) => row.sign.medianSeconds,
  signs: (row) => row.sign.signs.join(' '),
} satisfies Parameters<typeof tableCsv<Row>>[0]
