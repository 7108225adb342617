import { Icon } from './icon.tsx'

const words = {
  pass: 'Pass',
  fail: 'Fail',
  inconclusive: 'Inconclusive',
  signal: 'Signal',
  none: 'Not measured',
  unregistered: 'Unregistered',
  provisional: 'Provisional',
  expand: 'Expand',
  keep: 'Keep',
  reduce: 'Reduce',
} as const

export type StatusKind = keyof typeof words

interface StatusProps {
  kind: StatusKind
  /** Instead of the usual word: the reason, such as "Too few reviews". */
  word?: string | undefined
}

/** Icon, word and colour together; never one without the others. */
export function Status({ kind, word }: StatusProps) {
  return (
    <span className={`status ${kind}`}>
      <Icon name={kind} />
      {word ?? words[kind]}
    </span>
  )
}
