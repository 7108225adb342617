import type { ReactNode } from 'react'
import { Icon } from './icon.tsx'

type NoticeKind = 'pass' | 'fail' | 'inconclusive' | 'none'

/** One sentence about what just happened or what to mind. A failure is announced at once. */
export function Notice({ kind, children }: { kind: NoticeKind; children: ReactNode }) {
  return (
    <div className={`notice ${kind}`} role={kind === 'fail' ? 'alert' : 'status'}>
      <Icon name={kind} />
      <div>{children}</div>
    </div>
  )
}
