/** The download of a table, beside it. */
export function SavesTable({ href, what }: { href: string; what: string }) {
  return (
    <p className="saves">
      <a href={href} download aria-label={`CSV of the ${what}`}>
        CSV
      </a>
    </p>
  )
}
