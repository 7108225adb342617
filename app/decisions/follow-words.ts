import type { FollowVerdict, HitRate } from '#governance/evaluate/follow-decision.ts'
import { countOf, formatCount, formatShare, formatShareInterval } from '#models/format-metric.ts'
import type { StatusKind } from '../components/status.tsx'

/** What became of a decision, as icon and word. */
export const followStatus: Readonly<Record<FollowVerdict, { kind: StatusKind; word: string }>> = {
  better: { kind: 'pass', word: 'Better' },
  not_worse: { kind: 'pass', word: 'Not worse' },
  worse: { kind: 'fail', word: 'Worse' },
  not_yet_known: { kind: 'none', word: 'Not yet known' },
  not_enough_data: { kind: 'inconclusive', word: 'Not enough data' },
}

/**
 * "Of 58 decisions of monthly reviews, 12 can be judged after 90 days: 11 are not worse (91.7 %, 64.6 to 98.5) and 1 is
 * worse. 30 lack the numbers to tell; the 90 days of 16 are not final yet." isAll: beside a list of some, says "all 58".
 */
export function hitRateSentence(
  { hits, told, untold, open, share, lower, upper }: HitRate,
  { isAll }: { isAll: boolean },
): string {
  const rest = [
    untold === 0 ? '' : `${formatCount(untold)} ${untold === 1 ? 'lacks' : 'lack'} the numbers to tell`,
    open === 0 ? '' : `the 90 days of ${formatCount(open)} are not final yet`,
  ].filter(Boolean)
  const others = rest.length === 0 ? '' : ` ${sentence(rest.join('; '))}.`
  if (share === null || lower === null || upper === null) {
    return `No decision of a monthly review can be judged after 90 days yet.${others}`
  }
  const are = (count: number) => `${formatCount(count)} ${count === 1 ? 'is' : 'are'}`
  const rate = `${formatShare(share)}, ${formatShareInterval(lower, upper)}`
  const count = told + untold + open
  return `Of ${isAll && count > 1 ? 'all ' : ''}${countOf(count, 'decision')} of monthly reviews, ${formatCount(told)} can be judged after 90 days: ${are(hits)} not worse (${rate}) and ${are(told - hits)} worse.${others}`
}

function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
