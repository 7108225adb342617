import { Form, Link } from '@remix-run/react'
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
}

export function Navigation({ signedIn, isDemonstration, current, month }: NavigationProps) {
  const search = month === undefined ? '' : `?month=${month}`
  const groups: { title: string; entries: { id: NavigationEntry; to: string; text: string }[] }[] = [
    {
      title: 'Review',
      entries: [
        { id: 'overview', to: `/overview${search}`, text: 'Overview' },
        { id: 'reviews', to: '/reviews', text: 'Review room' },
        { id: 'decisions', to: '/decisions', text: 'Decisions' },
      ],
    },
    {
      title: 'Evidence',
      entries: [
        { id: 'types', to: `/types${search}`, text: 'Interaction types' },
        { id: 'quality', to: `/quality${search}`, text: 'Quality' },
        { id: 'catch-layer', to: `/catch-layer${search}`, text: 'Catch layer' },
      ],
    },
    {
      title: 'Governance',
      entries: [
        { id: 'policy', to: '/policy', text: 'Policy' },
        { id: 'responsibilities', to: '/responsibilities', text: 'Responsibilities' },
        ...(signedIn.maySeeTrail ? [{ id: 'audit', to: '/audit', text: 'Audit trail' } as const] : []),
      ],
    },
    {
      title: 'Data',
      entries: [
        { id: 'data', to: '/data', text: 'Loads and quarantine' },
        { id: 'datasets', to: '/datasets', text: 'Datasets' },
      ],
    },
    {
      title: 'Administration',
      entries: signedIn.roles.includes('admin') ? [{ id: 'admin', to: '/admin', text: 'People' }] : [],
    },
  ]
  return (
    <nav className="nav" id="nav" aria-label="Main">
      <Brand />
      <a className="close icon-button" href="#main" aria-label="Close menu">
        <Icon name="close" />
      </a>
      {groups
        .filter((group) => group.entries.length > 0)
        .map((group) => (
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
          {signedIn.roles.join(', ')}
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
