import type { ReactNode } from 'react'
import { Icon, type IconName } from './icon.tsx'

interface StateProps {
  icon: IconName
  title: string
  /** What happened and what still holds, in a sentence or two. */
  children: ReactNode
  /** Links or buttons. */
  actions?: ReactNode
  /** The state is the whole page, and its title the page's heading. */
  isPage?: boolean
}

/** Stands where a part of a page would be, when there is nothing to show: empty, failed, or not allowed. */
export function State({ icon, title, children, actions, isPage = false }: StateProps) {
  return (
    <div className="state">
      <Icon name={icon} />
      {isPage ? <h1>{title}</h1> : <h2>{title}</h2>}
      <div>{children}</div>
      {actions === undefined ? null : <div className="actions">{actions}</div>}
    </div>
  )
}

/** Nothing fits, or nothing is there yet. */
export function EmptyState(props: Omit<StateProps, 'icon'>) {
  return <State {...props} icon="none" />
}

/** In a cell or line: an en dash is not enough, the reason stands beside it. */
export function NotMeasured({ why }: { why: string }) {
  return (
    <span className="quiet">
      <span aria-hidden="true">– </span>
      {why}
    </span>
  )
}
