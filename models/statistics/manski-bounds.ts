import { OversightError } from '../oversight-error.ts'
import { checkCounts } from './check-arguments.ts'

/**
 * What the share could be if everybody had answered: all who did not answer counted against, then all for.
 *
 * Formula: lower = k / sent, upper = (k + sent - responses) / sent. Source: Manski 1989, Anatomy of the selection
 * problem, Journal of Human Resources 24:343-360.
 *
 * `k` favourable of `responses` answers to `sent` questions, or k defects of reviewed of sampled items.
 * sent = 0 gives 0..1. Throws OversightError `internal` on impossible counts.
 */
export function manskiBounds(k: number, responses: number, sent: number): { lower: number; upper: number } {
  checkCounts(k, responses, 'manskiBounds')
  if (!Number.isSafeInteger(sent) || sent < responses) {
    throw new OversightError('internal', `manskiBounds needs sent >= responses, got ${sent} and ${responses}.`)
  }
  if (sent === 0) return { lower: 0, upper: 1 }
  return { lower: k / sent, upper: (k + sent - responses) / sent }
}
