import type { TrustStatement } from '../../board-pack/board-pack-view.ts'
import type { MetricDefinitionView } from '../../evidence/metric-definitions.ts'
import type { WordMeaning } from '../../evidence/status-meanings.ts'

interface PackTrustProps {
  trust: readonly TrustStatement[]
  /** Levels, and the words of status that the pack uses. */
  words: readonly WordMeaning[]
  definitions: readonly MetricDefinitionView[]
  checkpoint: { note: string; size: number } | null
}

/** How far to trust the numbers, what they and the words mean, and how to check the signatures without trusting us. */
export function PackTrust({ trust, words, definitions, checkpoint }: PackTrustProps) {
  return (
    <section aria-labelledby="pack-trust" className="new-sheet">
      <h2 id="pack-trust">How far to trust these numbers</h2>
      <dl className="pack-trust">
        {trust.map(({ word, text }) => (
          <div key={word}>
            <dt>{word}</dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
      <h2>What the words mean</h2>
      <dl className="pack-words">
        {words.map(({ word, meaning }) => (
          <div key={word}>
            <dt>{word}</dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
      <h2>What the numbers mean</h2>
      <dl className="pack-definitions">
        {definitions.map(({ metric, label, what, interval, why }) => (
          <div key={metric}>
            <dt>{label}</dt>
            <dd>
              {what} {interval} <span className="quiet">{why}</span>
            </dd>
          </div>
        ))}
      </dl>
      <h2>Check the signatures without trusting us</h2>
      {checkpoint === null ? (
        <p>No checkpoint has been signed yet; the first signed decision makes one.</p>
      ) : (
        <>
          <p className="soft">
            The newest checkpoint covers the first {checkpoint.size} events of the audit trail. Each signer holds a
            receipt. <code>oversight audit export</code> writes the trail with a verifier that needs no account and no
            network; its head must be this one or a later one that contains it.
          </p>
          <pre className="pack-checkpoint">{checkpoint.note}</pre>
        </>
      )}
    </section>
  )
}
