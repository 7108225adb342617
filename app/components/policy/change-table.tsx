import type { PolicyChange } from '../../policy/policy-changes.ts'
import { EmptyState } from '../state.tsx'

/** What a draft changes, each value with what it was. */
export function ChangeTable({ changes }: { changes: readonly PolicyChange[] }) {
  if (changes.length === 0) {
    return (
      <EmptyState title="Nothing changes yet">
        <p>The form holds what is in force.</p>
      </EmptyState>
    )
  }
  return (
    <table className="register">
      <caption className="hidden">What changes: before and after</caption>
      <thead>
        <tr>
          <th scope="col">What</th>
          <th scope="col">In force</th>
          <th scope="col">Draft</th>
        </tr>
      </thead>
      <tbody>
        {changes.map(({ path, what, before, after }) => (
          <tr key={path}>
            <th scope="row">{what}</th>
            <td data-label="In force" className="soft text">
              <Lines text={before} />
            </td>
            <td data-label="Draft" className="text">
              <Lines text={after} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** A list keeps its items apart, which wrapped lines would not. */
function Lines({ text }: { text: string }) {
  const lines = text.split('\n')
  if (lines.length === 1) return <>{text}</>
  return (
    <ul className="items">
      {lines.map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ul>
  )
}
