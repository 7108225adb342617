import type { TypeEvaluation } from '#governance/evaluate/evaluation.ts'
import type { Policy } from '#governance/policy/policy.ts'
import type { MonthCsatChannel } from '#models/daily/list-csat-channels.ts'
import type { PointIndex } from '../point-index.ts'

/** Something that changed for the worse, or that nobody can know: said in words, with its numbers. */
export interface Warning {
  interactionType: string
  /** fail: shown. signal: needs attention. inconclusive: not known. */
  status: 'fail' | 'signal' | 'inconclusive'
  word: string
  text: string
  /** First month of the unbroken run, or which months are compared; null when it is this month only. */
  since: string | null
  href: string
}

/** What a warning may look at: one type, one month, and the closed months up to it. */
export interface WarningInput {
  interactionType: string
  month: string
  /** Closed months that end with the month, oldest first; empty when the month itself is provisional. */
  closedMonths: readonly string[]
  points: PointIndex
  /** CSAT answers by channel, of every type and month: a trend of CSAT is sought at one mix of them. */
  csatChannels: readonly MonthCsatChannel[]
  policy: Policy
  evaluation: TypeEvaluation | undefined
}
