import { checkInteger } from './check-arguments.ts'

/** How two reviewers judged the same items, by whether each saw a defect. */
export interface PairCounts {
  readonly both: number
  readonly firstOnly: number
  readonly secondOnly: number
  readonly neither: number
}

export interface SpecificAgreement {
  /** Of what either called a defect, the share on which they agree; null where nobody saw one. */
  readonly positive: number | null
  /** The same of what either called clean. */
  readonly negative: number | null
}

/**
 * Do two reviewers agree on what is a defect? Overall agreement hides it where defects are rare.
 *
 * Formula: positive 2a / (2a + b + c), negative 2d / (2d + b + c). Source: Dice 1945; Cicchetti & Feinstein 1990, Journal
 * of Clinical Epidemiology 43:551-558. Throws OversightError `internal` on impossible counts.
 */
export function specificAgreement(counts: PairCounts): SpecificAgreement {
  checkPairCounts(counts, 'specificAgreement')
  const apart = counts.firstOnly + counts.secondOnly
  const share = (agreed: number) => (2 * agreed + apart === 0 ? null : (2 * agreed) / (2 * agreed + apart))
  return { positive: share(counts.both), negative: share(counts.neither) }
}

/** Refuses what is no table of counts. `where` names the caller. */
export function checkPairCounts(counts: PairCounts, where: string): void {
  for (const [name, count] of Object.entries(counts)) checkInteger(count, 0, name, where)
}
