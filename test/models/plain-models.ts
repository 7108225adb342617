import type { Cohort, CsatScale, MetricId } from '#models/metrics.ts'
import { monthOf } from '#models/reporting-month.ts'
import type { World } from './random-world.ts'
import type { Facts } from './warehouse-of.ts'

/**
 * The models once more, row by row in plain TypeScript, written from the definitions and sharing no code with them:
 * two roads to the same numbers.
 */
type Of<T extends keyof Facts> = NonNullable<Facts[T]>[number] & { source?: string; interaction_id?: string }

export interface PlainContact {
  key: string
  month: string
  type: string
  handledBy: string
  errors: boolean | null
  isReviewed: boolean
  isCritical: boolean
  score: number | null
  drawn: { isCompleted: boolean; isDue: boolean; isOnTime: boolean } | null
  judgeAgrees: boolean | null
  escalation: 'none' | 'expected' | 'unexpected' | 'unknown'
  isDemand: boolean
  customer: string | null
  next: string | null
  gap: number | null
  endedAt: number
  csat: { scale: CsatScale; score: number | null } | null
  level: string | null
}

export interface PlainNumber {
  numerator: number
  denominator: number
}

const time = (date: Date | null | undefined) => date?.getTime() ?? Number.NaN
const hour = 3_600_000
const keyOf = (row: { source?: string; interaction_id?: string }) => `${row.source}/${row.interaction_id}`

export function plainContacts({ facts, reportingTimeZone }: World): PlainContact[] {
  const live = <T extends { is_deleted?: boolean | null }>(rows: T[] | undefined) =>
    (rows ?? []).filter((row) => row.is_deleted !== true)
  const interactions = live(facts.interactions).filter((row) => row.is_test !== true)
  const isDemand = (row: Of<'interactions'>) =>
    row.direction !== 'outbound' && (row.exclusion ?? null) === null && row.is_time_placeholder !== true
  return interactions.map((row) => {
    const mine = <T extends { source?: string; interaction_id?: string }>(each: T) => keyOf(each) === keyOf(row)
    const reviews = live(facts.qa_reviews).filter(mine)
    const surveys = live(facts.csat_responses).filter(mine)
    const label = labelOf(reviews)
    const knowing = reviews.filter((review) => review.reviewer_kind !== 'judge')
    const random = knowing.filter((review) => review.sampling === 'random')
    const draw = [...random].sort(
      (a, b) =>
        Number(a.is_adjudicated === true) - Number(b.is_adjudicated === true) ||
        time(a.sampled_at) - time(b.sampled_at) ||
        order(a.review_id, b.review_id),
    )[0]
    const judge = reviews
      .filter((review) => review.reviewer_kind === 'judge' && review.reviewed_at)
      .sort((a, b) => time(a.reviewed_at) - time(b.reviewed_at) || order(a.review_id, b.review_id))[0]
    const endedAt = time(row.ended_at ?? row.started_at)
    const later = interactions.filter(
      (other) =>
        isDemand(row) &&
        isDemand(other) &&
        row.customer_id !== null &&
        other.customer_id === row.customer_id &&
        (other.issue_key ?? other.interaction_type) === (row.issue_key ?? row.interaction_type) &&
        time(other.started_at) > time(row.started_at),
    )
    const next = later.sort(
      (a, b) =>
        time(a.started_at) - time(b.started_at) ||
        order(a.source, b.source) ||
        order(a.interaction_id, b.interaction_id),
    )[0]
    const level = (facts.levels_in_force ?? []).find(
      (each) =>
        each.interaction_type === row.interaction_type &&
        time(each.effective_from) <= time(row.started_at) &&
        (!each.effective_to || time(row.started_at) < time(each.effective_to)),
    )
    return {
      key: keyOf(row),
      month: monthOf(row.started_at as Date, reportingTimeZone),
      type: row.interaction_type ?? '',
      handledBy: row.handled_by ?? '',
      errors: label === undefined ? null : isError(label),
      isReviewed: random.some((review) => review.reviewed_at),
      isCritical:
        label?.is_adjudicated === true
          ? label.severity === 'critical'
          : knowing.some((review) => review.reviewed_at && review.severity === 'critical'),
      score: label === undefined ? null : scoreOf(label),
      drawn:
        draw === undefined
          ? null
          : {
              isCompleted: random.some((review) => review.reviewed_at),
              isDue: Boolean(draw.due_at),
              isOnTime: Boolean(draw.due_at && draw.reviewed_at && time(draw.reviewed_at) <= time(draw.due_at)),
            },
      judgeAgrees: label === undefined || judge === undefined ? null : isError(judge) === isError(label),
      escalation: escalationOf(live(facts.escalations).filter(mine)),
      isDemand: isDemand(row),
      customer: isDemand(row) ? (row.customer_id ?? null) : null,
      next: next?.interaction_id ?? null,
      gap: next === undefined ? null : Math.max(0, time(next.started_at) - endedAt),
      endedAt,
      csat: surveyOf(surveys),
      level: level?.oversight_level ?? null,
    }
  })
}

function labelOf(reviews: Of<'qa_reviews'>[]): Of<'qa_reviews'> | undefined {
  const done = reviews.filter((review) => review.reviewed_at && review.reviewer_kind !== 'judge')
  const first = (some: Of<'qa_reviews'>[], direction: 1 | -1) =>
    [...some].sort(
      (a, b) => direction * (time(a.reviewed_at) - time(b.reviewed_at)) || order(a.review_id, b.review_id),
    )[0]
  return (
    first(
      done.filter((review) => review.is_adjudicated === true),
      -1,
    ) ??
    first(
      done.filter((review) => review.reviewer_kind === 'human' && review.sampling === 'random'),
      1,
    ) ??
    first(
      done.filter((review) => review.reviewer_kind === 'program'),
      1,
    )
  )
}

function isError(review: Of<'qa_reviews'>): boolean {
  if (review.outcome) return review.outcome === 'fail'
  return review.severity === 'major' || review.severity === 'critical'
}

function scoreOf(review: Of<'qa_reviews'>): number | null {
  if (typeof review.score === 'number') return review.score
  const parts = [review.accuracy, review.tone, review.resolution]
  return parts.every((part) => typeof part === 'number') ? parts.reduce((sum, part) => sum + part, 0) / 3 : null
}

function escalationOf(escalations: Of<'escalations'>[]): PlainContact['escalation'] {
  const kinds = escalations.map((each) => {
    if (typeof each.expected === 'boolean') return each.expected ? 'expected' : 'unexpected'
    if (each.reason === 'failed_handoff') return 'unexpected'
    return each.reason === 'other' ? 'unknown' : 'expected'
  })
  for (const kind of ['unexpected', 'unknown', 'expected'] as const) if (kinds.includes(kind)) return kind
  return 'none'
}

function surveyOf(surveys: Of<'csat_responses'>[]): PlainContact['csat'] {
  const isAnswered = (each: Of<'csat_responses'>) => Boolean(each.responded_at) && typeof each.score === 'number'
  const [first] = [...surveys].sort(
    (a, b) =>
      Number(isAnswered(b)) - Number(isAnswered(a)) ||
      time(a.responded_at ?? a.offered_at) - time(b.responded_at ?? b.offered_at) ||
      order(a.response_id, b.response_id),
  )
  if (first === undefined) return null
  return { scale: first.scale as CsatScale, score: isAnswered(first) ? (first.score ?? null) : null }
}

const hundredths = (score: number) => Math.floor(score * 100 + 0.5)
const cohorts: { [C in Cohort]: string[] } = {
  all: ['ai', 'ai_assisted', 'human', 'system'],
  ai: ['ai'],
  ai_assisted: ['ai_assisted'],
  ai_participated: ['ai', 'ai_assisted'],
  human: ['human'],
}

/** One monthly number, from the rows. */
export function plainNumber(
  all: PlainContact[],
  of: { month: string; type: string; metric: MetricId; cohort: Cohort; scale: CsatScale | null },
  watermark: Date,
): PlainNumber {
  const rows = all.filter(
    (row) => row.month === of.month && row.type === of.type && cohorts[of.cohort].includes(row.handledBy),
  )
  const count = (test: (row: PlainContact) => boolean) => rows.filter(test).length
  const share = (hit: (row: PlainContact) => boolean, base: (row: PlainContact) => boolean) => ({
    numerator: count((row) => base(row) && hit(row)),
    denominator: count(base),
  })
  const mean = (scores: (number | null)[]) => {
    const given = scores.filter((score) => score !== null)
    return { numerator: given.reduce((sum, score) => sum + hundredths(score), 0) / 100, denominator: given.length }
  }
  const isAi = (row: PlainContact) => cohorts.ai_participated.includes(row.handledBy)
  const repeat = (hours: number) =>
    share(
      (row) => row.gap !== null && row.gap <= hours * hour,
      (row) => row.customer !== null && watermark.getTime() >= row.endedAt + hours * hour,
    )
  const isScale = (row: PlainContact) => row.csat?.scale === of.scale
  const isAnswered = (row: PlainContact) => isScale(row) && row.csat?.score !== null
  const satisfied = { five_point: 4, three_point: 3, binary: 1 }
  switch (of.metric) {
    case 'volume':
      return { numerator: rows.length, denominator: 0 }
    case 'ai_share':
      return share(isAi, () => true)
    case 'automation_rate':
      return share(
        (row) => row.handledBy === 'ai',
        () => true,
      )
    case 'ai_error_rate':
      return share(
        (row) => row.errors === true,
        (row) => row.isReviewed,
      )
    case 'critical_defects':
      return { numerator: count((row) => row.isCritical), denominator: 0 }
    case 'escalation_rate':
      return share(
        (row) => row.escalation !== 'none',
        () => true,
      )
    case 'unexpected_escalation_rate':
      return share(
        (row) => row.escalation === 'unexpected',
        (row) => row.escalation !== 'unknown',
      )
    case 'repeat_contact_rate_24h':
      return repeat(24)
    case 'repeat_contact_rate_48h':
      return repeat(48)
    case 'repeat_match_coverage':
      return share(
        (row) => row.customer !== null,
        (row) => row.isDemand,
      )
    case 'csat_satisfied_rate':
      return share((row) => (row.csat?.score ?? 0) >= satisfied[of.scale ?? 'binary'], isAnswered)
    case 'csat_mean':
      return mean(rows.filter(isAnswered).map((row) => row.csat?.score ?? null))
    case 'csat_response_rate':
      return share(isAnswered, isScale)
    case 'qa_score':
      return mean(rows.filter((row) => row.isReviewed).map((row) => row.score))
    case 'qa_coverage':
      return share(
        (row) => row.isReviewed,
        () => true,
      )
    case 'qa_completion':
      return share(
        (row) => row.drawn?.isCompleted === true,
        (row) => row.drawn !== null,
      )
    case 'qa_on_time_rate':
      return share(
        (row) => row.drawn?.isOnTime === true,
        (row) => row.drawn?.isDue === true,
      )
    case 'automation_creep':
      return share(
        (row) => row.handledBy === 'ai' && row.level !== 'human_on_the_loop',
        (row) => row.level !== null,
      )
    case 'judge_agreement':
      return share(
        (row) => row.judgeAgrees === true,
        (row) => row.judgeAgrees !== null,
      )
  }
}

function order(a: string | undefined, b: string | undefined): number {
  return (a ?? '') < (b ?? '') ? -1 : (a ?? '') > (b ?? '') ? 1 : 0
}
