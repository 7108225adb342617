import type { GateGroup } from '../../evidence/type/gate-groups.ts'
import { gateSentences } from '../gate-sentences.ts'
import { Help } from '../help.tsx'
import { Status } from '../status.tsx'

/** The gates by verdict, one line each, and every gate's sentence on demand. */
export function GateSummary({ groups }: { groups: readonly GateGroup[] }) {
  if (groups.length === 0) return null
  return (
    <>
      <ul className="gates-line" aria-label="Gates by verdict">
        {groups.map(({ verdict, gates }) => (
          <li key={verdict}>
            <Status kind={verdict} word={`${gates.length} ${verdict === 'inconclusive' ? 'inconclusive' : verdict}`} />
            <span className="soft">{gates.map((gate) => `${gate.gate}\u00a0${gate.label}`).join('; ')}</span>
          </li>
        ))}
      </ul>
      <details className="twin gate-reasons">
        <summary>Every gate and its reason</summary>
        <dl>
          {groups.flatMap(({ verdict, gates }) =>
            gates.map((gate) => (
              <div key={`${gate.gate} ${gate.label}`}>
                <dt>
                  <Status kind={verdict} /> {gate.gate} {gate.label}{' '}
                  <Help of={`${gate.gate} ${gate.label}`}>{gateSentences[gate.gate]}</Help>
                </dt>
                <dd>
                  {gate.reason} {gate.cure === null ? null : <strong>{gate.cure}</strong>}
                </dd>
              </div>
            )),
          )}
        </dl>
      </details>
    </>
  )
}
