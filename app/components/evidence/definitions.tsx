import type { MetricDefinitionView } from '../../evidence/metric-definitions.ts'

/** What each number of the page counts, and why it is defined so. Numbers link here. */
export function Definitions({ definitions }: { definitions: readonly MetricDefinitionView[] }) {
  return (
    <section aria-labelledby="definitions" className="definitions">
      <details>
        <summary>
          <h2 id="definitions">How these numbers are made</h2>
        </summary>
        <dl>
          {definitions.map((definition) => (
            <div key={definition.metric} id={`definition-${definition.metric}`}>
              <dt>{definition.label}</dt>
              <dd>
                {definition.what} {definition.interval} <span className="quiet">{definition.why}</span>
              </dd>
            </div>
          ))}
        </dl>
      </details>
    </section>
  )
}
