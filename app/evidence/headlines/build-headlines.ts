import { aiShareHeadline } from './ai-share.ts'
import { csatHeadline } from './csat.ts'
import { durableResolutionHeadline } from './durable-resolution.ts'
import { errorRateHeadline } from './error-rate.ts'
import type { Headline, HeadlineInput } from './headline.ts'
import { repeatContactHeadline } from './repeat-contact.ts'
import { reviewsDoneHeadline } from './reviews-done.ts'

/** The six numbers that lead the overview, over all types together. */
export function buildHeadlines(input: HeadlineInput): Headline[] {
  return [
    aiShareHeadline(input),
    durableResolutionHeadline(input),
    errorRateHeadline(input),
    csatHeadline(input),
    repeatContactHeadline(input),
    reviewsDoneHeadline(input),
  ]
}
