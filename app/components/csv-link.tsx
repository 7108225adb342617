/** The download of a table, all its rows, in the head above it. */
export function CsvLink({ to, what }: { to: string; what: string }) {
  return (
    <a href={to} aria-label={`CSV of the ${what}`}>
      CSV
    </a>
  )
}
