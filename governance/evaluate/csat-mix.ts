import { formatShare } from '#models/format-metric.ts'
import type { CsatScale } from '#models/metrics.ts'
import type { Month } from '#models/reporting-month.ts'
import {
  type ComparedCell,
  type StandardisedDifference,
  standardisedDifference,
} from '#models/statistics/standardised-difference.ts'
import type { Pooled } from './pool.ts'
import { monthSpan } from './sentences.ts'
import type { TypeEvidence } from './type-evidence.ts'

/** Channels that only one period has cannot be compared; the others must hold this share of the answers of each. */
const fewestComparable = 0.9

/** CSAT of two periods at one mix of channels, bounds one-sided at `alpha`; or why there is no such comparison. */
export type CsatAtMix =
  | { obstacle: null; at: (alpha: number) => StandardisedDifference }
  | { obstacle: string; at: null }

/**
 * Compares at the mix of channels that the answers of the reference months had: a month with more chats is not a better
 * one because people who chat are easier to please (methods.md section 4). The mix stays as long as the reference does.
 */
export function csatAtMix(evidence: TypeEvidence, scale: CsatScale, current: Pooled, past: Pooled): CsatAtMix {
  const now = channelCounts(evidence, scale, current.months)
  const then = channelCounts(evidence, scale, past.months)
  const cells = [...then].flatMap(([channel, reference]): ComparedCell[] => {
    const found = now.get(channel)
    return found === undefined ? [] : [{ weight: reference.n, current: found, reference }]
  })
  const held = (period: 'current' | 'reference') => cells.reduce((sum, cell) => sum + cell[period].n, 0)
  const shares = [held('current') / current.denominator, held('reference') / past.denominator]
  if (now.size === 0 || then.size === 0) {
    return {
      obstacle: 'By which channels people answered is not known, so CSAT cannot be compared at one mix.',
      at: null,
    }
  }
  if (Math.min(...shares) < fewestComparable) {
    return {
      obstacle: `Only ${formatShare(Math.min(...shares), 0)} of the answers came by channels that ${monthSpan(past.months)} and ${monthSpan(current.months)} share, so CSAT cannot be compared at one mix.`,
      at: null,
    }
  }
  return { obstacle: null, at: (alpha) => standardisedDifference(cells, alpha) }
}

/** Answers and satisfied ones by channel, over the months; counts that cannot be are left out, and so not comparable. */
export function channelCounts(
  evidence: TypeEvidence,
  scale: CsatScale,
  months: readonly Month[],
): Map<string, { k: number; n: number }> {
  const counts = new Map<string, { k: number; n: number }>()
  for (const each of months.flatMap((month) => evidence.csatChannels(month))) {
    const { channel, answered, satisfied } = each
    if (each.scale !== scale || !Number.isSafeInteger(satisfied) || !Number.isSafeInteger(answered)) continue
    if (answered <= 0 || satisfied < 0 || satisfied > answered) continue
    const { k, n } = counts.get(channel) ?? { k: 0, n: 0 }
    counts.set(channel, { k: k + satisfied, n: n + answered })
  }
  return counts
}
