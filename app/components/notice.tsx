import type { ReactNode } from 'react'
import { Icon } from './icon.tsx'

type NoticeKind = 'pass' | 'fail' | 'inconclusive' | 'none'

/** One sentence about what just happened or what to mind. A failure is announced at once. The focus may be put on it. */
export function Notice({ kind, children }: { kind: NoticeKind; children: ReactNode }) {
  return (
    <div className={`notice ${kind}`} role={kind === 'fail' ? 'alert' : 'status'} tabIndex={-1}>
      <Icon name={kind} />
      <div>{children}</div>
    </div>
  )
}
