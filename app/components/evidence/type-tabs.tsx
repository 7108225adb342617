import { typeHref } from '../../evidence/rows-href.ts'
import { PageLink } from '../page-link.tsx'

const tabs = [
  { id: 'summary', path: '', text: 'Summary' },
  { id: 'outcomes', path: '/outcomes', text: 'Outcomes' },
  { id: 'charts', path: '/charts', text: 'Control charts' },
  { id: 'confidence', path: '/confidence', text: 'Confidence' },
] as const

interface TypeTabsProps {
  interactionType: string
  /** The search to other pages about the same contacts. */
  scope: `?${string}`
  current: (typeof tabs)[number]['id']
}

/** The pages of one type. */
export function TypeTabs({ interactionType, scope, current }: TypeTabsProps) {
  return (
    <nav className="tabs" aria-label={`Pages of ${interactionType}`}>
      {tabs.map(({ id, path, text }) => (
        <PageLink
          key={id}
          to={`${typeHref(interactionType)}${path}${scope}`}
          className={id === current ? 'chip on' : 'chip'}
          aria-current={id === current ? 'page' : undefined}
        >
          {text}
        </PageLink>
      ))}
    </nav>
  )
}
