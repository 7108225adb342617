interface EvidenceHashProps {
  hash: string
  /** When it was frozen, in words. */
  frozen: string
  revision: number
}

/** What the signer signs for: the frozen numbers, named by their hash. */
export function EvidenceHash({ hash, frozen, revision }: EvidenceHashProps) {
  return (
    <>
      <dl className="facts gap">
        <dt>Evidence</dt>
        <dd>
          frozen {frozen}
          {revision > 1 ? `, revision ${revision}` : ''}
        </dd>
      </dl>
      <p className="hash">sha256 {hash.match(/.{1,8}/g)?.join(' ')}</p>
    </>
  )
}

/** First and last digits, for tables. */
export function shortHash(hash: string): string {
  return `${hash.slice(0, 4)}…${hash.slice(-4)}`
}
