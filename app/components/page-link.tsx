import type { ComponentProps } from 'react'

interface PageLinkProps extends Omit<ComponentProps<'a'>, 'href'> {
  to: string
  /** The reader stays where the page is scrolled to. */
  isScrollKept?: boolean
}

/**
 * A link to another page of ours as plain markup, so that it can be part of what is drawn once and kept: far cheaper than
 * the router's, of which a page of numbers has hundreds. usePageLinks follows it without loading the document anew.
 */
export function PageLink({ to, isScrollKept = false, ...rest }: PageLinkProps) {
  return <a {...rest} href={to} data-page-link={isScrollKept ? 'scroll-kept' : ''} />
}
