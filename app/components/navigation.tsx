import { Form, Link } from '@remix-run/react'
import { navigationGroups } from '../navigation-groups.ts'
import type { NavigationEntry } from '../page-handle.ts'
import type { SignedInShell } from '../shell.server.ts'
import { Brand } from './brand.tsx'
import { Icon } from './icon.tsx'

interface NavigationProps {
  signedIn: SignedInShell
  isDemonstration: boolean
  current: NavigationEntry | undefined
  /** Carried along to pages that show a month. */
  month: string | undefined
  /** Month, comparison and filter, with a question mark: carried along to pages that know them; empty without. */
  scope: string
}

export function Navigation({ signedIn, isDemonstration, current, month, scope }: NavigationProps) {
  const { roles, maySeeTrail } = signedIn
  return (
    <nav className="nav" id="nav" aria-label="Main">
      <Brand />
      <a className="close icon-button" href="#main" aria-label="Close menu">
        <Icon name="close" />
      </a>
      {navigationGroups({ roles, maySeeTrail, month, scope }).map((group) => (
        <section key={group.title}>
          <h2>{group.title}</h2>
          <ul>
            {group.entries.map((entry) => (
              <li key={entry.id}>
                <Link to={entry.to} prefetch="intent" aria-current={entry.id === current ? 'page' : undefined}>
                  {entry.text}
                </Link>
              </li>
            ))}
          </ul>
        </section>
      ))}
      <div className="who">
        <Link to="/account" aria-current={current === 'account' ? 'page' : undefined}>
          <b>{signedIn.name}</b>
          {roles.join(', ')}
        </Link>
        {isDemonstration ? <p>Demonstration data</p> : null}
        <Form method="post" action="/logout">
          <button type="submit" className="link">
            Sign out
          </button>
        </Form>
      </div>
    </nav>
  )
}
