import { Link } from '@remix-run/react'
import { countOf, formatInstant } from '#models/format-metric.ts'
import type { ValuesSeen } from '../../quarantine/values-seen.ts'

interface ValuesSeenSectionProps {
  /** The newest; all are in the file. */
  seen: readonly ValuesSeen[]
  total: number
  timeZone: string
}

/** Who may see what refused rows say, and who did. */
export function ValuesSeenSection({ seen, total, timeZone }: ValuesSeenSectionProps) {
  return (
    <section aria-labelledby="values">
      <div className="head">
        <h2 id="values">Raw values</h2>
        <p>
          {total === 0 ? 'Nobody asked for any yet. ' : `Asked for ${countOf(total, 'time')}. `}
          <Link to="/data/quarantine/values-seen.csv" reloadDocument>
            CSV
          </Link>
        </p>
      </div>
      <p className="soft measure">
        No page shows what a refused row says, in no role. An operator with access to the server’s files has the values
        of one load printed with <code>oversight quarantine values &lt;load&gt;</code>, for 90 days; each time is
        written down here first. Whoever opens those files without the command is not recorded here.
      </p>
      {seen.length === 0 ? null : (
        <table className="register">
          <caption className="hidden">Who had raw values printed, newest first</caption>
          <thead>
            <tr>
              <th scope="col">When</th>
              <th scope="col">User of the server</th>
              <th scope="col">Load</th>
            </tr>
          </thead>
          <tbody>
            {seen.map(({ seenAt, seenBy, loadId }) => (
              <tr key={`${seenAt} ${loadId}`}>
                <th scope="row">{formatInstant(new Date(seenAt), timeZone)}</th>
                <td data-label="User">{seenBy}</td>
                <td data-label="Load" className="mono">
                  {loadId}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  )
}
