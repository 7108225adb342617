import type { ReactNode } from 'react'
import { Icon, type IconName } from './icon.tsx'

/** A short neutral label; add an icon where it says something about state. */
export function Tag({ icon, children }: { icon?: IconName; children: ReactNode }) {
  return (
    <span className="tag">
      {icon === undefined ? null : <Icon name={icon} />}
      {children}
    </span>
  )
}
