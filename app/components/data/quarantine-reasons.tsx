import { Link } from '@remix-run/react'
import { formatCount } from '#models/format-metric.ts'
import type { QuarantineReasonCount } from '#models/loads/list-quarantine.ts'
import { quarantineHref, ruleWords } from '../../data/load-view.ts'
import { EmptyState } from '../state.tsx'

interface QuarantineReasonsProps {
  reasons: readonly QuarantineReasonCount[]
  /** What the links to the rows keep. */
  filter: Readonly<Record<string, string>>
}

/** Why rows were refused, the most frequent first; each count leads to exactly its rows. */
export function QuarantineReasons({ reasons, filter }: QuarantineReasonsProps) {
  if (reasons.length === 0) {
    return (
      <EmptyState title="Nothing was refused">
        <p>Every row that was read fits the contract.</p>
      </EmptyState>
    )
  }
  return (
    <table className="register">
      <caption className="hidden">Reasons, the most frequent first</caption>
      <thead>
        <tr>
          <th scope="col">Reason</th>
          <th scope="col">Entity</th>
          <th scope="col">Field</th>
          <th scope="col">What is wrong</th>
          <th scope="col" className="num">
            Rows
          </th>
        </tr>
      </thead>
      <tbody>
        {reasons.map(({ entity, rule, field, message, rowCount }) => (
          <tr key={`${entity} ${rule} ${field} ${message}`}>
            <th scope="row">{ruleWords[rule] ?? rule}</th>
            <td data-label="Entity">{entity}</td>
            <td data-label="Field" className="mono">
              {field ?? 'the row'}
            </td>
            <td data-label="What is wrong" className="text soft">
              {message}
            </td>
            <td data-label="Rows" className="num">
              <Link to={quarantineHref({ ...filter, entity, rule, ...(field === null ? {} : { field }) })}>
                {formatCount(rowCount)}
              </Link>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
