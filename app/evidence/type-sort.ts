import type { OversightLevel } from '#models/warehouse/warehouse-schema.ts'
import type { TypeGroup } from './overview-view.ts'
import type { TypeRow } from './type-row.ts'

/** By what the table of types can be sorted. */
const typeSortColumns = [
  'type',
  'level',
  'contacts',
  'ai_share',
  'error_rate',
  'csat',
  'repeat',
  'escalation',
  'status',
] as const
type Column = (typeof typeSortColumns)[number]

interface TypeSort {
  column: Column
  direction: 'asc' | 'desc'
}

/** Where each head leads, and how the table is sorted now. */
export type TypeSorts = Readonly<Record<Column, { href: string; current: 'ascending' | 'descending' | null }>>

const mostContacts: TypeSort = { column: 'contacts', direction: 'desc' }

/** What a first click on a head sorts by: what one looks for comes first. */
const firstDirection: Readonly<Record<Column, TypeSort['direction']>> = {
  type: 'asc',
  level: 'desc',
  contacts: 'desc',
  ai_share: 'desc',
  error_rate: 'desc',
  csat: 'asc',
  repeat: 'desc',
  escalation: 'desc',
  status: 'asc',
}

/** Reads the order from an address; most contacts first where it names none that there is. */
export function parseTypeSort(search: URLSearchParams): TypeSort {
  // By hand: this runs in browsers too, where a parser would be heavier than the table.
  const column = typeSortColumns.find((one) => one === search.get('sort'))
  if (column === undefined) return mostContacts
  const order = search.get('order')
  return { column, direction: order === 'asc' || order === 'desc' ? order : firstDirection[column] }
}

/** The heads of the table under an address; the rest of the address is kept. */
export function typeSorts(search: URLSearchParams): TypeSorts {
  const now = parseTypeSort(search)
  return Object.fromEntries(
    typeSortColumns.map((column) => {
      const isCurrent = column === now.column
      const direction = isCurrent ? (now.direction === 'asc' ? 'desc' : 'asc') : firstDirection[column]
      const sorted = new URLSearchParams(search)
      sorted.set('sort', column)
      sorted.set('order', direction)
      const current = isCurrent ? (now.direction === 'asc' ? ('ascending' as const) : ('descending' as const)) : null
      return [column, { href: `?${sorted}`, current }]
    }),
  ) as unknown as TypeSorts
}

/** The rows of each group as asked; types without a value last whichever the direction, then those with most contacts. */
export function sortTypeGroups<Row extends TypeRow>(
  groups: readonly (Omit<TypeGroup, 'rows'> & { rows: readonly Row[] })[],
  { column, direction }: TypeSort,
): (Omit<TypeGroup, 'rows'> & { rows: Row[] })[] {
  const sign = direction === 'asc' ? 1 : -1
  return groups.map((group) => ({
    ...group,
    rows: [...group.rows].sort((left, right) => {
      const [a, b] = [sortValue(left, column), sortValue(right, column)]
      if (a === null || b === null) return Number(a === null) - Number(b === null) || byContacts(left, right)
      const order = typeof a === 'string' || typeof b === 'string' ? String(a).localeCompare(String(b), 'en') : a - b
      return sign * order || byContacts(left, right)
    }),
  }))
}

function byContacts(left: TypeRow, right: TypeRow): number {
  return (right.contacts.value ?? 0) - (left.contacts.value ?? 0)
}

const levelRank: Readonly<Record<OversightLevel, number>> = {
  human_as_the_loop: 0,
  human_in_the_loop: 1,
  human_on_the_loop: 2,
}

/** What needs somebody first. */
const statusRank: Readonly<Record<TypeRow['status']['kind'], number>> = {
  fail: 0,
  signal: 1,
  inconclusive: 2,
  unregistered: 3,
  provisional: 4,
  none: 5,
  pass: 6,
}

function sortValue(row: TypeRow, column: Column): number | string | null {
  switch (column) {
    case 'type':
      return row.interactionType
    case 'level':
      return row.level === null ? null : levelRank[row.level]
    case 'contacts':
      return row.contacts.value
    case 'ai_share':
      return row.aiShare.value
    case 'error_rate':
      return row.error.kind === 'rate' ? row.error.value : null
    case 'csat':
      return row.csat.value
    case 'repeat':
      return row.repeat.value
    case 'escalation':
      return row.escalation.value
    case 'status':
      return statusRank[row.status.kind]
  }
}
