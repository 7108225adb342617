import { Link } from '@remix-run/react'
import type { ReactNode } from 'react'
import type { GateResult } from '#governance/evaluate/evaluation.ts'
import type { Policy } from '#governance/policy/policy.ts'
import { GatePlot, hasPlot } from './gate-plot.tsx'
import { gateSentences } from './gate-sentences.ts'
import {
  boundWords,
  changeWords,
  evidenceWords,
  hasTooFew,
  intervalWords,
  limitWords,
  valueWords,
} from './gate-words.ts'
import { Help } from './help.tsx'
import { missingGatesTitle } from './missing-gates-title.ts'
import { Status } from './status.tsx'
import { Tag } from './tag.tsx'
import { unbrokenUnits } from './unbroken-units.ts'

interface GatesTableProps {
  /** For screen readers: whose gates, of which months. */
  caption: string
  gates: readonly GateResult[]
  missing: Policy['missingGates']
  /** Where the rows behind a gate's evidence are listed; undefined where there is no list. */
  rowsHref?: (gate: GateResult) => string | undefined
}

/**
 * Each gate with verdict, value and interval, drawing against the limit, and evidence; then what the policy names and
 * nobody ran.
 */
export function GatesTable({ caption, gates, missing, rowsHref }: GatesTableProps) {
  return (
    <>
      <GatesKey />
      <table className="gates">
        <caption className="hidden">{caption}</caption>
        <thead>
          <tr>
            <th scope="col">Gate and limit</th>
            <th scope="col">Verdict</th>
            <th scope="col">Value</th>
            <th scope="col">Against the limit</th>
            <th scope="col">Evidence</th>
          </tr>
        </thead>
        <tbody>
          {gates.map((result) => (
            <GateRow key={`${result.gate} ${result.label}`} result={result} href={rowsHref?.(result)} />
          ))}
        </tbody>
      </table>
      <MissingGates missing={missing} />
    </>
  )
}

function GateRow({ result, href }: { result: GateResult; href: string | undefined }) {
  const value = valueWords(result)
  const interval = intervalWords(result)
  const evidence = evidenceWords(result)
  // A drawing leaves no room for the sentence, which then gets a row of its own.
  const isExplainedBelow = hasPlot(result) && result.verdict !== 'pass'
  return (
    <>
      <tr className={isExplainedBelow ? 'explained' : undefined}>
        <th scope="row">
          <span className="name before-help">
            {result.gate} {unbrokenUnits(result.label)}
          </span>
          <Help of={`${result.gate} ${result.label}`}>{gateSentences[result.gate]}</Help>
          {result.isShadow ? <Tag>Shown only, decides nothing yet</Tag> : null}
          <span className="sub">{limitWords(result)}</span>
        </th>
        <td className="g-verdict">
          <Status kind={result.verdict} />
        </td>
        <td className="g-value">
          {value === null ? (
            <span className="quiet">{hasTooFew(result) ? 'Under 30 reviews' : 'Not measured'}</span>
          ) : (
            <span className="nowrap">
              <b>{value}</b>
              {interval === null ? null : ` (${interval})`}
            </span>
          )}
          <Sub>{boundWords(result)}</Sub>
          {isExplainedBelow ? null : <Sub>{changeWords(result)}</Sub>}
        </td>
        <td className="plot">{hasPlot(result) ? <GatePlot result={result} /> : <Reason result={result} />}</td>
        <td className="g-evidence">
          {evidence === null ? (
            <span className="quiet">–</span>
          ) : (
            <>
              <span className="nowrap">
                {href === undefined ? evidence.count : <Link to={href}>{evidence.count}</Link>}
              </span>
              <Sub>{evidence.of}</Sub>
            </>
          )}
        </td>
      </tr>
      {isExplainedBelow ? (
        <tr className="why">
          <td colSpan={5}>
            <Reason result={result} />
          </td>
        </tr>
      ) : null}
    </>
  )
}

/** Why this verdict, and what would end it. A pass says that beside its value. */
function Reason({ result }: { result: GateResult }) {
  const { verdict, reason, cure } = result
  const change = verdict === 'fail' ? changeWords(result) : cure
  return (
    <p className="said">
      {reason} {change === null ? null : <b>{change}</b>}
    </p>
  )
}

function Sub({ children }: { children: ReactNode }) {
  return children === null ? null : <span className="sub">{children}</span>
}

function GatesKey() {
  return (
    <p className="key" aria-hidden="true">
      <span>
        <svg viewBox="0 0 20 12" aria-hidden="true">
          <rect className="g-zone-pass" width="20" height="12" />
        </svg>
        a dot here passes
      </span>
      <span>
        <svg viewBox="0 0 20 12" aria-hidden="true">
          <rect className="g-zone-base" width="20" height="12" />
          <rect className="g-zone-inc" width="20" height="12" />
        </svg>
        is inconclusive at this sample size
      </span>
      <span>
        <svg viewBox="0 0 20 12" aria-hidden="true">
          <rect className="g-zone-fail" width="20" height="12" />
        </svg>
        fails
      </span>
      <span>
        <svg viewBox="0 0 20 12" aria-hidden="true">
          <line className="g-whisker strong" x1="1" x2="15" y1="6" y2="6" />
          <path className="g-bound" d="M15 6H19M19 1.5V10.5" fill="none" />
          <circle className="g-dot" cx="7" cy="6" r="3.5" />
        </svg>
        value, 95{'\u202f'}% interval, bound that decides
      </span>
      <span>
        <svg viewBox="0 0 20 12" aria-hidden="true">
          <line className="g-limit" x1="10" x2="10" y1="0" y2="12" />
        </svg>
        limit
      </span>
    </p>
  )
}

/** Silence about a gate must not be read as a pass. */
function MissingGates({ missing }: { missing: Policy['missingGates'] }) {
  if (missing.length === 0) return null
  return (
    <details className="twin">
      <summary>{missingGatesTitle(missing)}</summary>
      <ul className="missing">
        {missing.map(({ gate, what }) => (
          <li key={`${gate} ${what}`}>
            <b>{gate}</b> {what}
          </li>
        ))}
      </ul>
    </details>
  )
}
