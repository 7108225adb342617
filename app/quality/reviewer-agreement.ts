import { gwetAc1 } from '#models/statistics/gwet-ac1.ts'
import { type PairCounts, specificAgreement } from '#models/statistics/specific-agreement.ts'

/** How far two people who reviewed the same contacts agree on what is an error. */
export interface ReviewerAgreement {
  interactionType: string
  pairs: number
  /** Share of pairs with the same verdict, 0..1; null without a pair. */
  agreed: number | null
  /** Gwet's AC1, agreement beyond chance; null without a pair. */
  ac1: number | null
  /** Two-sided 95 %, AC1 plus and minus 1.96 standard errors, cut at -1 and 1; null with fewer than two pairs, or where all agree. */
  interval: { lower: number; upper: number } | null
  /** Of all verdicts "error", the share that the other of the two gave as well; null where nobody saw one. */
  positive: number | null
  /** Contacts that both called an error. */
  bothErrors: number
  /** Contacts that at least one of the two called an error. */
  errors: number
}

/** Of a type's pairs, summed over the months that are asked about. Pure. */
export function reviewerAgreement(interactionType: string, counts: PairCounts): ReviewerAgreement {
  const { both, firstOnly, secondOnly, neither } = counts
  const pairs = both + firstOnly + secondOnly + neither
  const agreement = gwetAc1(itemsOf(counts), ['error', 'fine'])
  const error = agreement?.standardError ?? null
  return {
    interactionType,
    pairs,
    agreed: pairs === 0 ? null : (both + neither) / pairs,
    ac1: agreement?.ac1 ?? null,
    interval:
      // Where all agree the standard error is 0, which would look like certainty.
      agreement === null || error === null || error === 0
        ? null
        : {
            lower: Math.max(-1, agreement.ac1 - 1.96 * error),
            upper: Math.min(1, agreement.ac1 + 1.96 * error),
          },
    positive: specificAgreement(counts).positive,
    bothErrors: both,
    errors: both + firstOnly + secondOnly,
  }
}

function itemsOf({ both, firstOnly, secondOnly, neither }: PairCounts): ('error' | 'fine')[][] {
  const times = (count: number, first: 'error' | 'fine', second: 'error' | 'fine') =>
    Array.from({ length: count }, () => [first, second])
  return [
    ...times(both, 'error', 'error'),
    ...times(firstOnly, 'error', 'fine'),
    ...times(secondOnly, 'fine', 'error'),
    ...times(neither, 'fine', 'fine'),
  ]
}
