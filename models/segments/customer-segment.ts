/** Groups of customers that overlap: one contact may be in all three. */
export const customerSegments = ['vip', 'distressed', 'trust_recovery'] as const
export type CustomerSegment = (typeof customerSegments)[number]
