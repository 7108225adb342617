import { clopperPearsonUpper } from '../statistics/clopper-pearson.ts'
import { wilsonInterval } from '../statistics/wilson.ts'
import { monthDispersion } from './month-dispersion.ts'
import { falseAlarmsPerTypeYear, judgeMonths, type MonthCount, type WarningSign } from './warning-sign.ts'

/** One closed month of one type: drawn random reviews, the completed ones, those with a due time, the punctual ones. */
export interface ReviewMonth {
  /** YYYY-MM */
  month: string
  drawn: number
  completed: number
  due: number
  onTime: number
}

interface ReviewHabit {
  months: readonly string[]
  /** Completed or on time, of drawn or due. */
  numerator: number
  denominator: number
  rate: number
  /** 95 % interval for display. */
  lower: number
  upper: number
  /** One-sided bound that decides, at the level of the detector, widened by the dispersion. */
  decisiveUpper: number
  dispersion: number
}

export interface ReviewsSkippedOrLate {
  completion: WarningSign<ReviewHabit>
  punctuality: WarningSign<ReviewHabit>
}

/** The newest months are pooled: one busy month is no habit, and few reviews a month say little. */
const pooledMonths = 3
/** Months from which is learned how much they vary. */
const dispersionMonths = 12
/** One-sided level of a single look at one of the two habits, found by `npm run bench -- warnings`. */
const alpha = 0.0025

/**
 * Oversight is being skipped or delayed: so many of the drawn reviews of the newest three closed months are open, or were
 * late, that the habit itself lies under the yardstick (Clopper-Pearson upper bound). `yardstick` is the share that the
 * policy asks for, 0..1. Whether the gate on completion passes is another question: it looks at each month as it is.
 * Each habit is a sign of its own in the evidence; evidence is null where no review was drawn.
 */
export function reviewsSkippedOrLate(
  months: readonly ReviewMonth[],
  yardstick: number,
): WarningSign<ReviewsSkippedOrLate> {
  const completion = judgeMonths(
    months.map(({ month, drawn, completed }) => ({ month, numerator: completed, denominator: drawn })),
    (until) => judgeHabit(until, yardstick),
  )
  const punctuality = judgeMonths(
    months.map(({ month, due, onTime }) => ({ month, numerator: onTime, denominator: due })),
    (until) => judgeHabit(until, yardstick),
  )
  const [first = null] = [completion.since, punctuality.since].filter((since) => since !== null).sort()
  const isKnown = completion.evidence !== null || punctuality.evidence !== null
  return {
    isFired: completion.isFired || punctuality.isFired,
    since: first,
    evidence: isKnown ? { completion, punctuality } : null,
    falseAlarmsPerTypeYear,
  }
}

function judgeHabit(
  months: readonly MonthCount[],
  yardstick: number,
): { isFired: boolean; evidence: ReviewHabit } | null {
  const pooled = months.slice(-pooledMonths)
  const numerator = pooled.reduce((sum, month) => sum + month.numerator, 0)
  const denominator = pooled.reduce((sum, month) => sum + month.denominator, 0)
  if (denominator === 0) return null
  const dispersion = monthDispersion(months.slice(-dispersionMonths))
  const decisiveUpper = clopperPearsonUpper(numerator / dispersion, denominator / dispersion, alpha)
  return {
    isFired: decisiveUpper < yardstick,
    evidence: {
      months: pooled.map(({ month }) => month),
      numerator,
      denominator,
      rate: numerator / denominator,
      ...wilsonInterval(numerator, denominator),
      decisiveUpper,
      dispersion,
    },
  }
}
