import { Link } from '@remix-run/react'
import type { ViewMenu as ViewMenuView } from '../../evidence/views/view-menu.ts'
import { Icon } from '../icon.tsx'
import { SaveViewForm } from './save-view-form.tsx'

/** The views that a person gave a name, and the form to name the one that is looked at. */
export function ViewMenu({ menu: { views, search, month } }: { menu: ViewMenuView }) {
  const current = views.find(({ isCurrent }) => isCurrent)
  return (
    <details className="menu">
      <summary className={current === undefined ? 'chip' : 'chip on'}>
        My views <b>{current?.name ?? views.length}</b>
        <Icon name="down" />
      </summary>
      <div className="panel views">
        {views.length === 0 ? null : (
          <ul>
            {views.map(({ id, name, href, isCurrent }) => (
              <li key={id}>
                <Link to={href} aria-current={isCurrent ? 'true' : undefined}>
                  {name}
                </Link>
              </li>
            ))}
            <li>
              <Link to="/overview/views">Rename or delete</Link>
            </li>
          </ul>
        )}
        <SaveViewForm search={search} month={month} />
      </div>
    </details>
  )
}
