import { Link } from '@remix-run/react'
import type { Warning } from '../../evidence/warnings/warning.ts'
import { Status } from '../status.tsx'

const shown = 6

/** What changed for the worse, in sentences with numbers. Beyond six, the rest folds away. */
export function WarningList({ warnings }: { warnings: readonly Warning[] }) {
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

function WarningItem({ warning }: { warning: Warning }) {
  return (
    <li>
      <h3>
        <Link to={warning.href}>{warning.interactionType}</Link>
      </h3>
      <Status kind={warning.status} word={warning.word} />
      <p>
        {warning.text} {warning.since === null ? null : <span className="since">{warning.since}</span>}
      </p>
    </li>
  )
}
