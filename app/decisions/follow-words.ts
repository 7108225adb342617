import type { FollowVerdict, HitRate } from '#governance/evaluate/follow-decision.ts'
import { countOf, formatShare, formatShareInterval } from '#models/format-metric.ts'
import type { StatusKind } from '../components/status.tsx'

/** What became of a decision, as icon and word. */
export const followStatus: Readonly<Record<FollowVerdict, { kind: StatusKind; word: string }>> = {
  better: { kind: 'pass', word: 'Better' },
  not_worse: { kind: 'pass', word: 'Not worse' },
  worse: { kind: 'fail', word: 'Worse' },
  not_yet_known: { kind: 'none', word: 'Not yet known' },
  not_enough_data: { kind: 'inconclusive', word: 'Not enough data' },
}

/** "Of 12 decisions whose 90 days can be told, 11 are not worse: 91.7 % (64.6 to 98.5); 30 more cannot be told." */
export function hitRateSentence({ hits, told, untold, share, lower, upper }: HitRate): string {
  if (share === null || lower === null || upper === null) {
    return 'No decision of a monthly review can be told after 90 days yet.'
  }
  const rate = `${formatShare(share)} (${formatShareInterval(lower, upper)})`
  return `Of ${countOf(told, 'decision')} whose 90 days can be told, ${hits} ${hits === 1 ? 'is' : 'are'} not worse: ${rate}; ${untold} more cannot be told.`
}
