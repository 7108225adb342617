import type { ReactNode } from 'react'
import { PageLink } from './page-link.tsx'

interface SortHeadProps {
  /** Where it is sorted by this column, and how it is sorted now. */
  sort: { href: string; current: 'ascending' | 'descending' | null }
  look?: string
  children: ReactNode
  /** Beside the link: help, an axis. */
  beside?: ReactNode
  isScrollKept?: boolean
}

/** A table head that sorts on the server: a link, so it works without scripts. */
export function SortHead({ sort, look, children, beside, isScrollKept = false }: SortHeadProps) {
  return (
    <th scope="col" className={look} aria-sort={sort.current ?? undefined}>
      <PageLink to={sort.href} isScrollKept={isScrollKept}>
        {children}
        {sort.current === null ? null : <span aria-hidden="true">{sort.current === 'ascending' ? ' ↑' : ' ↓'}</span>}
      </PageLink>
      {beside}
    </th>
  )
}
