import { Form } from '@remix-run/react'
import type { StoredCheckpoint } from '#governance/audit/list-checkpoints.ts'
import { countOf, formatCount, formatPoints } from '#models/format-metric.ts'
import type { TrailVerification } from '../../verify-trail.server.ts'
import { Button } from '../button.tsx'
import { Notice } from '../notice.tsx'
import { ReplayCheck } from './replay-check.tsx'

interface TrailStateProps {
  /** null: not checked on this page. */
  verification: TrailVerification | null
  checkpoint: StoredCheckpoint | null
  mayTakeBundle: boolean
}

/** Whether the trail holds, the last signed tree head to compare it with elsewhere, and the trail to take along. */
export function TrailState({ verification, checkpoint, mayTakeBundle }: TrailStateProps) {
  return (
    <section aria-labelledby="state" className="trail">
      <div className="head">
        <h2 id="state">Does it hold?</h2>
        <Form method="get" action="/audit">
          <input type="hidden" name="verify" value="1" />
          <Button look={verification === null ? 'primary' : 'plain'}>
            {verification === null ? 'Verify now' : 'Verify again'}
          </Button>
        </Form>
      </div>
      {verification === null ? (
        <p className="soft">
          Not checked on this page yet. Checking recomputes the hash of every event and of every governed row, the tree
          over them, each signed checkpoint, and the level in force of every type.
        </p>
      ) : (
        <>
          <Result {...verification} />
          <ReplayCheck levels={verification.report.levels} />
        </>
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
      <Bundle mayTakeBundle={mayTakeBundle} />
    </section>
  )
}

function Result({ report, startedAt, seconds }: TrailVerification) {
  const when = `Checked ${new Date(startedAt).toISOString().slice(0, 19).replace('T', ' ')} UTC in ${formatPoints(seconds, 2)} s`
  if (!report.ok) {
    return (
      <Notice kind="fail">
        <strong>The trail does not hold.</strong> {countOf(report.findings.length, 'finding')} in{' '}
        {countOf(report.size, 'event')}, in the order in which they were found. Keep the files as they are and restore
        from a backup elsewhere to compare. {when}.
        <ul className="findings">
          {report.findings.slice(0, 50).map((finding) => (
            <li key={`${finding.where} ${finding.what}`}>
              <code>{finding.where}</code> {finding.what}
            </li>
          ))}
          {report.findings.length > 50 ? <li>and {formatCount(report.findings.length - 50)} more</li> : null}
        </ul>
      </Notice>
    )
  }
  const { size, root, checkpointCount, signedSize } = report
  return (
    <Notice kind="pass">
      <strong>The trail holds.</strong> All {countOf(size, 'event')} and every governed row are as they were written.{' '}
      {checkpointCount === 0
        ? ''
        : `${countOf(checkpointCount, 'signed checkpoint agrees', 'signed checkpoints agree')}. `}
      {size > signedSize
        ? `The newest ${countOf(size - signedSize, 'event')} will be covered by the next checkpoint. `
        : 'It is signed to its end. '}
      {when}.<span className="hash">root sha256 {root}</span>
    </Notice>
  )
}

/** This server checking itself is worth what the server is worth; the bundle is checked without it. */
function Bundle({ mayTakeBundle }: { mayTakeBundle: boolean }) {
  return (
    <div className="bundle">
      <h3>Check it without trusting this server</h3>
      <p className="soft measure">
        The bundle holds every event, the tree, the evidence and policies that events name, the signed checkpoint and
        the verifier. Unpack it anywhere and run <code>node oversight-trail/verify.mjs oversight-trail</code>; Node 20
        or later does it, without a network.{' '}
        {mayTakeBundle
          ? ''
          : 'It is for the role auditor, as every vote and name is in it; ask one, or an admin for the role.'}
      </p>
      {mayTakeBundle ? (
        <Form method="post" action="/audit/bundle" reloadDocument>
          <Button>Download the bundle</Button>
        </Form>
      ) : null}
    </div>
  )
}
