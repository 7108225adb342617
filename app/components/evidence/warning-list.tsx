import type { Warning } from '../../evidence/warnings/warning.ts'
import { PageLink } from '../page-link.tsx'
import { Status } from '../status.tsx'

type Item = Omit<Warning, 'status'> & { status: Warning['status'] | 'pass' }

interface WarningListProps {
  warnings: readonly Item[]
  /** Beyond so many the rest folds away. */
  shown?: number
}

/** What changed, in sentences with numbers. */
export function WarningList({ warnings, shown = 6 }: WarningListProps) {
  const rest = warnings.slice(shown)
  return (
    <>
      <ul className="rows signs">
        {warnings.slice(0, shown).map((warning) => (
          <WarningItem key={`${warning.interactionType} ${warning.word}`} warning={warning} />
        ))}
      </ul>
      {rest.length === 0 ? null : (
        <details className="more">
          <summary>{rest.length} more</summary>
          <ul className="rows signs">
            {rest.map((warning) => (
              <WarningItem key={`${warning.interactionType} ${warning.word}`} warning={warning} />
            ))}
          </ul>
        </details>
      )}
    </>
  )
}

function WarningItem({ warning }: { warning: Item }) {
  return (
    <li>
      <h3>
        <PageLink to={warning.href}>{warning.interactionType}</PageLink>
      </h3>
      <Status kind={warning.status} word={warning.word} />
      <p>
        {warning.text} {warning.since === null ? null : <span className="since">{warning.since}</span>}
      </p>
    </li>
  )
}
