import { Link } from '@remix-run/react'

export function Brand() {
  return (
    <Link className="brand" to="/overview">
      <svg viewBox="0 0 18 18" aria-hidden="true" focusable="false">
        <circle cx="9" cy="9" r="7.5" fill="none" stroke="currentColor" strokeWidth="2" />
        <path d="M1.5 9h15" stroke="currentColor" strokeWidth="2" />
        <circle cx="9" cy="9" r="2.6" fill="currentColor" />
      </svg>
      Oversight
    </Link>
  )
}
