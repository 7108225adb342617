import { Notice } from '../notice.tsx'

/** What nobody could decide under a drafted policy; nothing where all could be decided. */
export function QuorumNotice({ warnings }: { warnings: readonly string[] }) {
  if (warnings.length === 0) return null
  return (
    <div className="gap">
      <Notice kind="inconclusive">
        {warnings.map((warning) => (
          <p key={warning}>{warning}</p>
        ))}
      </Notice>
    </div>
  )
}
