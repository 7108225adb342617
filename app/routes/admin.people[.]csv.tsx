import { guarded } from '../access.server.ts'
import { csvResponse, tableCsv } from '../exports/table-csv.ts'
import { listPeople, type Person } from '../people.server.ts'

/** The accounts as a file. */
export const loader = guarded(['admin'], async () =>
  csvResponse(tableCsv(columns, await listPeople()), 'oversight-people.csv'),
)

const columns = {
  name: (row: Person) => row.name,
  email: (row) => row.email,
  roles: (row) => row.roles.join(';'),
  trained_until: (row) => row.trainedUntil,
  created_at: (row) => row.createdAt,
  is_disabled: (row) => row.isDisabled,
  is_demonstration: (row) => row.isDemonstration,
} satisfies Parameters<typeof tableCsv<Person>>[0]
