import { formatMonth } from '#models/format-metric.ts'
import { Icon } from './icon.tsx'
import { PageLink } from './page-link.tsx'

interface MonthPickerProps {
  /** Oldest first. */
  months: readonly { month: string; isFinal: boolean }[]
  month: string
  /** Where the same page of another month is. */
  hrefOf: (month: string) => string
}

/** One month back, one on, or any from the list. It stands at the same place on every page. */
export function MonthPicker({ months, month, hrefOf }: MonthPickerProps) {
  const before = months.findLast((candidate) => candidate.month < month)
  const after = months.find((candidate) => candidate.month > month)
  return (
    <nav className="picker" aria-label="Month">
      <Step to={before?.month} hrefOf={hrefOf} sign="‹" word="Previous month" />
      <details className="menu months">
        <summary className="value">
          <span className="hidden">Month: </span>
          {formatMonth(month)}
          <Icon name="down" />
        </summary>
        <ul className="panel">
          {[...months].reverse().map((candidate) => (
            <li key={candidate.month}>
              <PageLink to={hrefOf(candidate.month)} aria-current={candidate.month === month ? 'true' : undefined}>
                {formatMonth(candidate.month)}
                {candidate.isFinal ? null : <span className="quiet">provisional</span>}
              </PageLink>
            </li>
          ))}
        </ul>
      </details>
      <Step to={after?.month} hrefOf={hrefOf} sign="›" word="Next month" />
    </nav>
  )
}

interface StepProps {
  to: string | undefined
  hrefOf: (month: string) => string
  sign: string
  word: string
}

function Step({ to, hrefOf, sign, word }: StepProps) {
  if (to === undefined) {
    return (
      <span className="step" aria-hidden="true">
        {sign}
      </span>
    )
  }
  return (
    <PageLink className="step" to={hrefOf(to)} aria-label={`${word}, ${formatMonth(to)}`}>
      {sign}
    </PageLink>
  )
}
