import { Link } from '@remix-run/react'

interface PagesProps {
  page: number
  pageCount: number
  /** The page's search, whose other parts are kept. */
  search: URLSearchParams
}

/** Newer and older, with where one is. Nothing when there is one page. */
export function Pages({ page, pageCount, search }: PagesProps) {
  if (pageCount <= 1) return null
  const hrefOf = (to: number): string => {
    const kept = new URLSearchParams(search)
    kept.set('page', String(to))
    return `?${kept}`
  }
  return (
    <nav className="pages" aria-label="Pages">
      {page > 1 ? (
        <Link className="button small" to={hrefOf(page - 1)} rel="prev">
          Newer
        </Link>
      ) : null}
      <span className="quiet">
        Page {page} of {pageCount}
      </span>
      {page < pageCount ? (
        <Link className="button small" to={hrefOf(page + 1)} rel="next">
          Older
        </Link>
      ) : null}
    </nav>
  )
}
