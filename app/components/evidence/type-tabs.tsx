import { Link } from '@remix-run/react'
import { useScope } from '../../evidence/filter/use-scope.ts'
import { typeHref } from '../../evidence/rows-href.ts'

const tabs = [
  { id: 'summary', path: '', text: 'Summary' },
  { id: 'outcomes', path: '/outcomes', text: 'Outcomes' },
  { id: 'charts', path: '/charts', text: 'Control charts' },
  { id: 'confidence', path: '/confidence', text: 'Confidence' },
] as const

interface TypeTabsProps {
  interactionType: string
  month: string
  current: (typeof tabs)[number]['id']
}

/** The pages of one type. */
export function TypeTabs({ interactionType, month, current }: TypeTabsProps) {
  const scope = useScope(month)
  return (
    <nav className="tabs" aria-label={`Pages of ${interactionType}`}>
      {tabs.map(({ id, path, text }) => (
        <Link
          key={id}
          to={`${typeHref(interactionType)}${path}${scope}`}
          className={id === current ? 'chip on' : 'chip'}
          aria-current={id === current ? 'page' : undefined}
        >
          {text}
        </Link>
      ))}
    </nav>
  )
}
