import type { Month } from '#models/reporting-month.ts'
import type { PointIndex } from '../point-index.ts'

/** What every part of the outcomes of a type looks at. */
export interface OutcomeInput {
  interactionType: string
  month: Month
  /** Months pooled, the last of them being the month, oldest first. */
  window: readonly Month[]
  /** The window in words: August to October 2026. */
  windowText: string
  points: PointIndex
}
