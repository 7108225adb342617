import { Sparkline } from '../../charts/sparkline.tsx'
import type { Headline } from '../../evidence/headlines/headline.ts'
import { MetricHelp } from '../help.tsx'
import { PageLink } from '../page-link.tsx'

interface MetricStripProps {
  headlines: readonly Headline[]
  month: string
}

/** Six numbers in one ruled row. The number leads to its rows, its name to its definition. */
export function MetricStrip({ headlines, month }: MetricStripProps) {
  return (
    <dl className="metrics">
      {headlines.map((headline) => (
        <div key={headline.metric}>
          <dt>
            <a href={`#definition-${headline.metric}`} className="before-help">
              {headline.label}
            </a>
            <MetricHelp metric={headline.metric} />
          </dt>
          <dd className="value">
            {headline.value === null ? (
              <span className="quiet">
                <span aria-hidden="true">–</span>
                <span className="hidden">not measured</span>
              </span>
            ) : headline.href === null ? (
              headline.value
            ) : (
              <PageLink to={headline.href}>{headline.value}</PageLink>
            )}
            {headline.beside === null ? null : <small>{headline.beside}</small>}
          </dd>
          <dd className="note">{headline.note}</dd>
          <dd>
            <Sparkline points={headline.series} currentMonth={month} />
          </dd>
        </div>
      ))}
    </dl>
  )
}
