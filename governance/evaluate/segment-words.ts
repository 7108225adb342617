import type { CustomerSegment } from '#models/segments/customer-segment.ts'

/** Segments inside a sentence. */
export const segmentWords: Readonly<Record<CustomerSegment, string>> = {
  vip: 'VIP customers',
  distressed: 'distressed customers',
  trust_recovery: 'customers whose last contact failed',
}
