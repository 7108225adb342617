import { Link } from '@remix-run/react'
import { formatMonth } from '#models/format-metric.ts'
import type { BoardPack } from '../../board-pack.server.ts'
import { ChartFigure } from '../evidence/chart-figure.tsx'
import { Status } from '../status.tsx'

/** First sheet: what is true, six numbers, what the board should know, the trends. */
export function PackCover({ month, pack }: { month: string; pack: BoardPack }) {
  const { overview, state, asOf } = pack
  return (
    <section aria-labelledby="pack-title">
      <p className="pack-brand">
        <b>Oversight</b> AI in customer support. For the board.
      </p>
      <h1 id="pack-title">{formatMonth(month)}</h1>
      <p className="soft">
        {state.word}. {asOf}
      </p>
      <p className="lead">
        <strong>{overview.lead.strong}</strong> {overview.lead.rest}
      </p>
      <dl className="pack-metrics">
        {overview.headlines.map(({ metric, label, value, beside, note, href }) => (
          <div key={metric}>
            <dt>{label}</dt>
            <dd className="value">
              {value === null ? (
                <span className="quiet">not measured</span>
              ) : href === null ? (
                value
              ) : (
                <Link to={href}>{value}</Link>
              )}{' '}
              {beside === null ? null : <small>{beside}</small>}
            </dd>
            <dd className="note">{note}</dd>
          </div>
        ))}
      </dl>
      <h2>What the board should know</h2>
      {overview.warnings.length === 0 ? (
        <p>No warning sign in this month that the built measures can see.</p>
      ) : (
        <ol className="pack-points">
          {overview.warnings.map((warning) => (
            <li key={`${warning.interactionType} ${warning.word}`}>
              <b>{warning.interactionType}</b> <Status kind={warning.status} word={warning.word} />
              <p>
                {warning.text} {warning.since}
              </p>
            </li>
          ))}
        </ol>
      )}
      <div className="pack-figures">
        {/* Without the metric that its help would explain: no button opens on paper, and the last sheet defines it. */}
        {overview.charts.map(({ metric: _, ...chart }) => (
          <ChartFigure key={chart.id} chart={chart} />
        ))}
      </div>
    </section>
  )
}
