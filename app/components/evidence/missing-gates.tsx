import type { Policy } from '#governance/policy/policy.ts'
import { missingGatesTitle } from '../missing-gates-title.ts'

/** What the policy does not look at yet, named so that nobody takes silence for a pass. */
export function MissingGates({ missing }: { missing: Policy['missingGates'] }) {
  if (missing.length === 0) return null
  return (
    <section className="definitions" aria-labelledby="missing">
      <details>
        <summary>
          <h2 id="missing">{missingGatesTitle(missing)}</h2>
        </summary>
        <ul className="plain-list">
          {missing.map((gate) => (
            <li key={`${gate.gate} ${gate.what}`}>
              <span className="quiet">{gate.gate}</span> {gate.what}
            </li>
          ))}
        </ul>
      </details>
    </section>
  )
}
