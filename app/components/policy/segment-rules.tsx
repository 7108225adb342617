import type { SegmentRules as Rules } from '../../policy/segment-rules.ts'
import { CsvLink } from '../csv-link.tsx'

/** The groups of customers that are judged on their own. */
export function SegmentRules({ rules: { rules, proof }, version }: { rules: Rules; version: number }) {
  return (
    <section aria-labelledby="segments">
      <div className="head">
        <h2 id="segments">Segments</h2>
        <p>
          Judged on their own, inside every type.{' '}
          <CsvLink to={`/policy/tables/segments.csv?version=${version}`} what="segments" />
        </p>
      </div>
      <p className="soft measure">{proof}</p>
      <table className="register">
        <caption className="hidden">Segments of the policy</caption>
        <thead>
          <tr>
            <th scope="col">Segment</th>
            <th scope="col">Most autonomy for its contacts</th>
            <th scope="col">Failing</th>
          </tr>
        </thead>
        <tbody>
          {rules.map(({ segment, ceiling, effect }) => (
            <tr key={segment}>
              <th scope="row">{segment}</th>
              <td data-label="Ceiling">{ceiling}</td>
              <td data-label="Failing">{effect}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
