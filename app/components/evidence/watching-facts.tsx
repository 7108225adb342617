import { Link } from '@remix-run/react'
import type { WatchingFact } from '../../evidence/type/watching-facts.ts'
import { NotMeasured } from '../state.tsx'

/** How good the watching is: each fact with its rows, or why it is not measured. */
export function WatchingFacts({ facts }: { facts: readonly WatchingFact[] }) {
  return (
    <dl className="facts watching">
      {facts.map((fact) => (
        <div key={fact.label} className="contents">
          <dt>{fact.label}</dt>
          <dd>
            {fact.text === null ? (
              <NotMeasured why={fact.why} />
            ) : fact.href === null ? (
              fact.text
            ) : (
              <Link to={fact.href}>{fact.text}</Link>
            )}
          </dd>
        </div>
      ))}
    </dl>
  )
}
