import { detectRateRise, type RateRise } from './rate-rise.ts'
import type { MonthCount, WarningSign } from './warning-sign.ts'

/**
 * Customers come back more often: `repeat_contact_rate_48h` of AI-participated contacts, closed months, oldest first.
 */
export function repeatContactUp(months: readonly MonthCount[]): WarningSign<RateRise> {
  return detectRateRise(months)
}
