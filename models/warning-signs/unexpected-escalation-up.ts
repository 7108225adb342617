import { detectRateRise, type RateRise } from './rate-rise.ts'
import type { MonthCount, WarningSign } from './warning-sign.ts'

/**
 * The AI hands over more often where no written trigger called for it: `unexpected_escalation_rate` of AI-participated
 * contacts, closed months, oldest first.
 */
export function unexpectedEscalationUp(months: readonly MonthCount[]): WarningSign<RateRise> {
  return detectRateRise(months)
}
