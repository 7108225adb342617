import { Link } from '@remix-run/react'

/** The download of a table, all its rows, in the head above it. */
export function CsvLink({ to, what }: { to: string; what: string }) {
  return (
    <Link to={to} reloadDocument aria-label={`CSV of the ${what}`}>
      CSV
    </Link>
  )
}
