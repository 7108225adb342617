import { reviewsSkippedOrLate } from '#models/warning-signs/reviews-skipped-or-late.ts'
import { monthCounts } from './month-counts.ts'
import type { WarningInput } from './warning.ts'

/** Whether reviews are skipped or late, judged by the yardstick of completion: a policy has no other. */
export function reviewHabits(input: WarningInput) {
  const completion = monthCounts(input, { metric: 'qa_completion', cohort: 'ai_participated' })
  const punctuality = monthCounts(input, { metric: 'qa_on_time_rate', cohort: 'ai_participated' })
  return reviewsSkippedOrLate(
    completion.map(({ month, numerator, denominator }, index) => ({
      month,
      drawn: denominator,
      completed: numerator,
      due: punctuality[index]?.denominator ?? 0,
      onTime: punctuality[index]?.numerator ?? 0,
    })),
    input.policy.gates.G7.minimumCompletion,
  )
}
