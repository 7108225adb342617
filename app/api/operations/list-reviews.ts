import { z } from 'zod'
import { findReview, listReviews, type ReviewSummary } from '#governance/review/find-review.ts'
import { OversightError } from '#models/oversight-error.ts'
import { ledger } from '../../ledger.server.ts'
import { instant, interactionType, level, month } from '../fields.ts'
import { jsonOperation, none } from '../operation.ts'
import { pageInfo, pageInfoOf, pageOf, paging } from '../paging.ts'

const summary = {
  month,
  state: z.enum(['open', 'decided', 'closed']).describe('decided: every type has its decision.'),
  reportingTimeZone: z.string(),
  policyVersion: z.int(),
  openedAt: instant,
  dueAt: instant,
  closedAt: instant.nullable(),
  typeCount: z.int(),
  decidedCount: z.int(),
}

const action = z.enum(['expand', 'keep', 'reduce'])
const count = z.int().nullable().describe('null: hidden until the proposal takes no more votes.')

/** Every month's cycle. */
export const reviewList = jsonOperation({
  id: 'listReviews',
  path: '/reviews',
  scope: 'reviews:read',
  summary: 'Every monthly review, newest first',
  description: 'A review is named after its evidence month.',
  params: none,
  query: z.strictObject(paging),
  response: z.object({ page: pageInfo, reviews: z.array(z.object(summary)) }),
  async answer({ query }) {
    const reviews = await listReviews(await ledger())
    return { page: pageInfoOf(query, reviews.length), reviews: pageOf(reviews, query).map(toBody) }
  },
})

/** One month's cycle with its types. */
export const reviewOfMonth = jsonOperation({
  id: 'getReview',
  path: '/reviews/{month}',
  scope: 'reviews:read',
  summary: 'The review of one month, type by type',
  description: 'Recommendation, newest proposal and decision of every type. Votes show when they show on the page.',
  params: z.strictObject({ month }),
  query: none,
  response: z.object({
    ...summary,
    types: z.array(
      z.object({
        interactionType,
        level: level.nullable().describe('In force now.'),
        isRegistered: z.boolean(),
        recommendation: action.nullable().describe('null: the evidence is not frozen yet.'),
        firstReason: z.string().nullable(),
        proposal: z
          .object({
            id: z.string(),
            action,
            state: z.string(),
            approvals: count,
            rejections: count,
            abstentions: count,
            requiredApprovals: z.int(),
          })
          .nullable(),
        decisionId: z.string().nullable(),
      }),
    ),
  }),
  async answer({ params, bearer }) {
    // Whoever sees no votes on the page sees none here; a machine has voted on nothing.
    const review = await findReview(await ledger(), params.month, bearer.holder?.id ?? bearer.token.id)
    if (review === undefined) throw new OversightError('not_found', `There is no review of ${params.month}.`)
    return {
      ...toBody(review),
      types: review.types.map(({ decision, ...type }) => ({ ...type, decisionId: decision?.id ?? null })),
    }
  },
})

function toBody({ openedAt, dueAt, closedAt, ...review }: ReviewSummary) {
  return {
    ...review,
    openedAt: openedAt.toISOString(),
    dueAt: dueAt.toISOString(),
    closedAt: closedAt?.toISOString() ?? null,
  }
}
