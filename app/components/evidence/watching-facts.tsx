import { metrics } from '#models/metrics.ts'
import type { WatchingFact } from '../../evidence/type/watching-facts.ts'
import { MetricHelp } from '../help.tsx'
import { PageLink } from '../page-link.tsx'
import { NotMeasured } from '../state.tsx'

/** How good the watching is: each fact with its rows, or why it is not measured. */
export function WatchingFacts({ facts }: { facts: readonly WatchingFact[] }) {
  return (
    <dl className="facts watching">
      {facts.map((fact) => (
        <div key={fact.metric} className="contents">
          <dt>
            <span className="before-help">{metrics[fact.metric].label}</span>
            <MetricHelp metric={fact.metric} />
          </dt>
          <dd>
            {fact.text === null ? (
              <NotMeasured why={fact.why} />
            ) : fact.href === null ? (
              fact.text
            ) : (
              <PageLink to={fact.href}>{fact.text}</PageLink>
            )}
          </dd>
        </div>
      ))}
    </dl>
  )
}
