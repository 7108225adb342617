import { EventFlag } from '../../charts/event-flags.tsx'

/** What the marks of the error chart mean. */
export function ErrorChartKey() {
  return (
    <p className="key" aria-hidden="true">
      <span>
        <svg viewBox="0 0 20 12" aria-hidden="true">
          <line className="g-whisker" x1="10" x2="10" y1="0" y2="12" />
          <circle className="g-dot" cx="10" cy="6" r="3.5" />
        </svg>
        rate and interval
      </span>
      <span>
        <svg viewBox="0 0 20 12" aria-hidden="true">
          <rect className="g-band" width="20" height="12" />
        </svg>
        a point here is inconclusive, above it fails
      </span>
      <span>
        <svg viewBox="0 0 20 12" aria-hidden="true">
          <rect className="g-hatch" width="20" height="12" />
        </svg>
        provisional
      </span>
      <span>
        <svg className="flag-mark" viewBox="0 0 18 18" aria-hidden="true">
          <EventFlag event={{ letter: '', kind: 'decision' }} x={9} y={9} />
        </svg>
        decision
      </span>
      <span>
        <svg className="flag-mark" viewBox="0 0 18 18" aria-hidden="true">
          <EventFlag event={{ letter: '', kind: 'change' }} x={9} y={9} />
        </svg>
        model, prompt or knowledge change
      </span>
      <span>
        <svg viewBox="0 0 20 12" aria-hidden="true">
          <rect className="g-ribbon-a" y="4" width="6" height="4" />
          <rect className="g-ribbon-b" x="7" y="4" width="6" height="4" />
          <rect className="g-ribbon-c" x="14" y="4" width="6" height="4" />
        </svg>
        level: as the loop, in the loop, on the loop
      </span>
    </p>
  )
}
