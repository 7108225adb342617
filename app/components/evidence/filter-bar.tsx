import type { ReactNode } from 'react'
import type { FilterBarView, FilterMenu } from '../../evidence/filter/filter-menus.ts'
import { Icon } from '../icon.tsx'
import { PageLink } from '../page-link.tsx'

/** The quiet bar under the month: what is compared, whose contacts are counted. */
export function FilterBar({ view, children }: { view: FilterBarView; children?: ReactNode }) {
  return (
    <nav className="chips menus" aria-label={view.comparison === null ? 'Filters' : 'Comparison and filters'}>
      {[...(view.comparison === null ? [] : [view.comparison]), ...view.menus].map((menu) => (
        <Menu key={`${menu.name} ${menu.value}`} menu={menu} />
      ))}
      {view.clearSearch === null ? null : (
        <PageLink className="clear" to={view.clearSearch}>
          Clear filters
        </PageLink>
      )}
      {children}
    </nav>
  )
}

function Menu({ menu: { name, value, isActive, choices } }: { menu: FilterMenu }) {
  return (
    <details className="menu">
      <summary className={isActive ? 'chip on' : 'chip'}>
        {name} <b>{value}</b>
        <Icon name="down" />
      </summary>
      <ul className="panel">
        {choices.map(({ text, search, isCurrent }) => (
          <li key={text}>
            <PageLink to={search} aria-current={isCurrent ? 'true' : undefined} isScrollKept>
              {text}
            </PageLink>
          </li>
        ))}
      </ul>
    </details>
  )
}
