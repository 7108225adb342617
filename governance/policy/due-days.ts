/** Decisions of a review are due this long after it opens where the policy does not say. */
export const defaultDueDays = 14
