import { Form } from '@remix-run/react'
import type { StoredCheckpoint } from '#governance/audit/list-checkpoints.ts'
import type { TrailReport } from '#governance/audit/verify-trail.ts'
import { countOf, formatCount } from '#models/format-metric.ts'
import { Button } from '../button.tsx'
import { Notice } from '../notice.tsx'

interface TrailStateProps {
  /** null: not checked on this page. */
  report: TrailReport | null
  checkpoint: StoredCheckpoint | null
}

/** Whether the trail holds, and the last signed tree head to compare it with elsewhere. */
export function TrailState({ report, checkpoint }: TrailStateProps) {
  return (
    <section aria-labelledby="state" className="trail">
      <div className="head">
        <h2 id="state">Does it hold?</h2>
        <Form method="get" action="/audit">
          <input type="hidden" name="verify" value="1" />
          <Button look={report === null ? 'primary' : 'plain'}>
            {report === null ? 'Verify now' : 'Verify again'}
          </Button>
        </Form>
      </div>
      {report === null ? (
        <p className="soft">
          Not checked on this page yet. Checking recomputes the hash of every event and of every governed row, the tree
          over them, and each signed checkpoint.
        </p>
      ) : report.ok ? (
        <Notice kind="pass">
          <strong>The trail holds.</strong> All {countOf(report.size, 'event')} and every governed row are as they were
          written.{' '}
          {report.checkpointCount === 0
            ? ''
            : `${countOf(report.checkpointCount, 'signed checkpoint agrees', 'signed checkpoints agree')}. `}
          {report.size > report.signedSize
            ? `The newest ${countOf(report.size - report.signedSize, 'event')} will be covered by the next checkpoint.`
            : ''}
        </Notice>
      ) : (
        <Notice kind="fail">
          <strong>The trail does not hold.</strong> {countOf(report.findings.length, 'finding')}, in the order in which
          they were found. Keep the files as they are and restore from a backup elsewhere to compare.
          <ul className="findings">
            {report.findings.slice(0, 50).map((finding) => (
              <li key={`${finding.where} ${finding.what}`}>
                <code>{finding.where}</code> {finding.what}
              </li>
            ))}
            {report.findings.length > 50 ? <li>and {formatCount(report.findings.length - 50)} more</li> : null}
          </ul>
        </Notice>
      )}
      {checkpoint === null ? (
        <p className="soft gap">
          No checkpoint is signed yet. The first signature makes one, and so does{' '}
          <code>oversight audit checkpoint</code>.
        </p>
      ) : (
        <details className="twin">
          <summary>
            Last signed checkpoint: the first {countOf(checkpoint.size, 'event')}, root{' '}
            {checkpoint.rootHash.slice(0, 12)}…
          </summary>
          <p className="soft gap">
            A signed note in the C2SP format. Keep it somewhere else: whoever has it can show whether anything before it
            was changed.
          </p>
          <pre className="command">{checkpoint.note}</pre>
        </details>
      )}
    </section>
  )
}
