import type { User } from '#governance/accounts/user.ts'
import { listReviewPairs } from '#models/agreement/list-review-pairs.ts'
import { listReviewerCounts } from '#models/agreement/list-reviewer-counts.ts'
import { type Month, monthsEndingWith } from '#models/reporting-month.ts'
import { type ReviewerLeniency, reviewerLeniency } from '#models/statistics/reviewer-leniency.ts'
import type { PairCounts } from '#models/statistics/specific-agreement.ts'
import { calibrators } from './access.server.ts'
import { type ReviewerAgreement, reviewerAgreement } from './quality/reviewer-agreement.ts'
import { currentWarehouse } from './warehouse.server.ts'

/** Few contacts are reviewed twice: three months together say more. */
const windowMonths = 3

/**
 * Who may see how single reviewers judge: approvers calibrate. Not leaders, who manage the reviewers, nor admins: it is
 * for re-aligning what counts as an error, never for rating people (docs/decisions/reviewer-statistics.md).
 */
export function mayCalibrate(user: Pick<User, 'roles'>): boolean {
  return calibrators.some((role) => user.roles.includes(role))
}

/** The months looked at, oldest first. */
export function calibrationMonths(month: Month): Month[] {
  return monthsEndingWith(month, windowMonths)
}

/** Agreement of second reviews by type, over the month and the two before; types without a pair are absent. */
export async function getReviewerAgreement(
  month: Month,
): Promise<{ months: readonly Month[]; types: ReviewerAgreement[]; all: ReviewerAgreement }> {
  const { db } = await currentWarehouse()
  const months = calibrationMonths(month)
  const pairs = await listReviewPairs(db, { from: months[0] ?? month, through: month })
  const types = [...new Set(pairs.map(({ interactionType }) => interactionType))].sort()
  return {
    months,
    types: types.map((type) =>
      reviewerAgreement(type, sumOf(pairs.filter(({ interactionType }) => interactionType === type))),
    ),
    all: reviewerAgreement('All types', sumOf(pairs)),
  }
}

/** Which reviewers find fewer or more errors than the others, over the month and the two before. */
export async function getReviewerCalibration(month: Month): Promise<ReviewerLeniency[]> {
  const { db } = await currentWarehouse()
  const from = calibrationMonths(month)[0] ?? month
  return reviewerLeniency(await listReviewerCounts(db, { from, through: month }))
}

function sumOf(pairs: readonly PairCounts[]): PairCounts {
  const sum = (of: (pair: PairCounts) => number) => pairs.reduce((total, pair) => total + of(pair), 0)
  return {
    both: sum(({ both }) => both),
    firstOnly: sum(({ firstOnly }) => firstOnly),
    secondOnly: sum(({ secondOnly }) => secondOnly),
    neither: sum(({ neither }) => neither),
  }
}
