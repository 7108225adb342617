import type { TypeEvaluation } from '#governance/evaluate/evaluation.ts'
import { countOf, countWord, formatCount, formatDay, formatShare, monthName } from '#models/format-metric.ts'
import type { PointIndex } from './point-index.ts'
import { poolCounts } from './pooled-counts.ts'
import type { ReviewProgress } from './review-progress.ts'

/** The sentence first: what is true and what to do; then what it rests on. */
export interface Lead {
  strong: string
  rest: string
}

interface OverviewLeadInput {
  month: string
  points: PointIndex
  types: readonly string[]
  /** The page's other numbers are of some contacts only: one of all of them would read as theirs. */
  isFiltered: boolean
  registeredCount: number
  evaluations: readonly TypeEvaluation[]
  review: ReviewProgress | undefined
  /** When the month stops changing; null when it has. */
  finalOn: Date | null
  timeZone: string
}

export function overviewLead(input: OverviewLeadInput): Lead {
  return {
    strong: capital(whatIsTrue(input)),
    rest: [whatHappened(input), whatIsLeft(input)].filter(Boolean).join(' '),
  }
}

function whatIsTrue({
  month,
  types,
  registeredCount,
  evaluations,
  points,
  review,
  finalOn,
  timeZone,
}: OverviewLeadInput): string {
  if (types.length === 0) return `No contacts were loaded for ${monthName(month)}.`
  if (!points.isFinal(month)) {
    const lastDay = finalOn === null ? null : formatDay(new Date(finalOn.getTime() - 1), timeZone)
    const until = lastDay === null ? '' : ` until the data reach through ${lastDay}`
    return `${monthName(month)} is provisional${until}: nothing is compared or decided on it yet.`
  }
  if (registeredCount === 0) {
    return `None of the ${countOf(types.length, 'interaction type')} seen is registered, so no level, limit or owner applies. Register them first.`
  }
  const decided = decidedTypes(review)
  if (review !== undefined && decided.size > 0 && decided.size === review.types.size)
    return `Every type in the ${monthName(month)} review is decided.`
  const open = evaluations.filter((one) => !decided.has(one.interactionType))
  const ready = open.filter((one) => one.recommendation === 'expand').length
  const less = open.filter((one) => one.recommendation === 'reduce').length
  // What was decided is no longer to do: the sentence is then about the rest.
  const left = decided.size === 0 ? '' : 'open '
  const types_ = (count: number) => `${countWord(count)} ${left}${count === 1 ? 'type' : 'types'}`
  if (ready === 0 && less === 0) return `No ${left}type is ready for more autonomy, and none has to step back.`
  if (ready === 0) return `${types_(less)} should have less autonomy; none is ready for more.`
  if (less === 0)
    return `${types_(ready)} ${ready === 1 ? 'is' : 'are'} ready for more autonomy; none has to step back.`
  return `${types_(ready)} ${ready === 1 ? 'is' : 'are'} ready for more autonomy and ${countWord(less)} should have less.`
}

function whatHappened({ month, points, types, isFiltered }: OverviewLeadInput): string {
  if (isFiltered) return ''
  const { numerator, denominator } = poolCounts(points, { months: [month], types, metric: 'ai_share', cohort: 'all' })
  if (denominator === 0) return ''
  return `AI took part in ${formatShare(numerator / denominator)} of ${countOf(denominator, 'contact')}.`
}

function whatIsLeft({ month, review, registeredCount, points, timeZone }: OverviewLeadInput): string {
  if (!points.isFinal(month)) return ''
  if (review === undefined) {
    return registeredCount === 0
      ? ''
      : `The review of ${monthName(month)} has not been opened; what follows is a preview.`
  }
  const all = review.types.size
  const decided = decidedTypes(review).size
  const said = `${formatCount(decided)} of ${countOf(all, 'type')} ${decided === 1 ? 'is' : 'are'} decided`
  if (decided === all) return `${said}.`
  const open = all - decided
  return `${said}, ${formatCount(open)} ${open === 1 ? 'is' : 'are'} open${review.isOpen ? ` until ${formatDay(review.dueAt, timeZone)}` : ''}.`
}

function decidedTypes(review: ReviewProgress | undefined): ReadonlySet<string> {
  const decided = [...(review?.types ?? [])].filter(([, { decision }]) => decision !== null)
  return new Set(decided.map(([interactionType]) => interactionType))
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
