import type { TypeSorts } from '../../evidence/type-sort.ts'
import { Icon } from '../icon.tsx'
import { PageLink } from '../page-link.tsx'

const words: Readonly<Record<keyof TypeSorts, string>> = {
  type: 'type',
  level: 'level',
  contacts: 'contacts',
  ai_share: 'AI share',
  error_rate: 'AI error rate',
  csat: 'CSAT',
  repeat: 'repeat contact',
  escalation: 'unexpected escalation',
  status: 'status',
}

/** The order of the types where the table has no room for heads. */
export function TypeSortMenu({ sorts }: { sorts: TypeSorts }) {
  const columns = Object.keys(words) as (keyof TypeSorts)[]
  const current = columns.find((column) => sorts[column].current !== null) ?? 'contacts'
  return (
    <nav className="chips menus only-narrow sort-menu" aria-label="Order of the types">
      <details className="menu">
        <summary className="chip">
          Sorted by{' '}
          <b>
            {words[current]}, {sorts[current].current}
          </b>
          <Icon name="down" />
        </summary>
        <ul className="panel">
          {columns.map((column) => (
            <li key={column}>
              <PageLink to={sorts[column].href} aria-current={column === current ? 'true' : undefined} isScrollKept>
                {words[column]}
                {column === current ? ', the other way round' : null}
              </PageLink>
            </li>
          ))}
        </ul>
      </details>
    </nav>
  )
}
