import { Link } from '@remix-run/react'

const tabs = [
  { id: 'runs', to: '/data', text: 'Loads and freshness' },
  { id: 'quarantine', to: '/data/quarantine', text: 'Quarantine' },
  { id: 'restatements', to: '/data/restatements', text: 'Restatements' },
  { id: 'dictionary', to: '/data/dictionary', text: 'Dictionary' },
] as const

/** The pages about the data itself. */
export function DataTabs({ current }: { current: (typeof tabs)[number]['id'] }) {
  return (
    <nav className="tabs" aria-label="Data pages">
      {tabs.map(({ id, to, text }) => (
        <Link
          key={id}
          to={to}
          className={id === current ? 'chip on' : 'chip'}
          aria-current={id === current ? 'page' : undefined}
        >
          {text}
        </Link>
      ))}
    </nav>
  )
}
