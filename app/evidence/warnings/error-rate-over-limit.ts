import { formatMonth } from '#models/format-metric.ts'
import { rowsHref } from '../rows-href.ts'
import { runStart } from './run-start.ts'
import type { Warning, WarningInput } from './warning.ts'

/** The gate on errors has failed: the lower bound lies over the limit, so it is shown and not suspected. */
export function warnOfErrorRateOverLimit(input: WarningInput): Warning | null {
  const { interactionType, month, closedMonths, points, evaluation } = input
  const gate = evaluation?.gates.find((result) => result.gate === 'G1')
  const limit = gate?.limit ?? null
  if (gate === undefined || gate.verdict !== 'fail' || limit === null) return null
  const key = { interactionType, metric: 'ai_error_rate', cohort: 'ai_participated' } as const
  const start = runStart(closedMonths, (at) => (points.find({ ...key, month: at })?.value ?? 0) > limit)
  return {
    interactionType,
    status: 'fail',
    word: 'Error rate over limit',
    text: gate.reason,
    since: start === undefined || start === month ? null : `Over it each month since ${formatMonth(start)}.`,
    href: rowsHref({ ...key, month, part: 'numerator' }),
  }
}
