import type { Cohort, CsatScale, MetricId } from '#models/metrics.ts'
import { type Month, monthEnd, monthOf } from '#models/reporting-month.ts'
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
  isGraded: boolean
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
  startedAt: number
  endedAt: number
  isEndMissing: boolean
  issue: string
  tier: string | null
  isDistressed: boolean
  isRecovery: boolean
  openSince: number | null
  isToneDefect: boolean
  hasFailedReview: boolean
  isFailedHandoff: boolean
  claim: string | null
  isReopened: boolean
  humanSeconds: number | null
  exclusion: string | null
  source: string
  id: string
  csat: { scale: CsatScale; score: number | null } | null
  level: string | null
  /** Of its random draw. */
  stratum: string | null
  chance: number | null
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
  const contacts = interactions.map((row) => {
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
    const gap = next === undefined ? Number.POSITIVE_INFINITY : Math.max(0, time(next.started_at) - endedAt)
    const isLinked = gap <= 168 * hour
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
      isGraded:
        label !== undefined && isError(label) && Boolean(label.severity) && random.some((review) => review.reviewed_at),
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
      next: isLinked ? (next?.interaction_id ?? null) : null,
      gap: isLinked ? gap : null,
      startedAt: time(row.started_at),
      endedAt,
      isEndMissing: !row.ended_at,
      issue: row.issue_key ?? row.interaction_type ?? '',
      tier: row.customer_tier ?? null,
      isDistressed: typeof row.sentiment === 'number' && row.sentiment <= -0.5,
      isRecovery: false,
      openSince: random.some((review) => review.reviewed_at)
        ? null
        : random.length === 0
          ? null
          : Math.min(...random.map((review) => time(review.sampled_at))),
      isToneDefect: label?.defect === 'tone_mismatch',
      hasFailedReview:
        label?.is_adjudicated === true
          ? isError(label)
          : knowing.some((review) => review.reviewed_at && isError(review)),
      isFailedHandoff: live(facts.escalations).some((each) => mine(each) && each.reason === 'failed_handoff'),
      claim: row.claimed_resolution ?? null,
      isReopened: row.reopened === true,
      humanSeconds: row.human_seconds ?? null,
      exclusion: exclusionOf(row),
      source: row.source ?? '',
      id: row.interaction_id ?? '',
      csat: surveyOf(surveys),
      level: level?.oversight_level ?? null,
      stratum: random.flatMap((review) => review.stratum ?? []).sort()[0] ?? null,
      chance: random.reduce<number | null>(
        (least, { inclusion_probability: chance }) =>
          typeof chance === 'number' ? Math.min(chance, least ?? 1) : least,
        null,
      ),
    }
  })
  for (const contact of contacts) {
    contact.isRecovery =
      contact.customer !== null &&
      contacts.some(
        (earlier) =>
          earlier.customer === contact.customer &&
          earlier.startedAt < contact.startedAt &&
          contact.startedAt <= earlier.endedAt + 168 * hour &&
          (earlier.errors === true || isBad(earlier.csat) || earlier.claim === 'unresolved' || earlier.isFailedHandoff),
      )
  }
  return contacts
}

function exclusionOf(row: Of<'interactions'>): string | null {
  if (row.exclusion) return row.exclusion
  if (row.direction === 'outbound') return 'outbound'
  return row.is_time_placeholder === true ? 'placeholder_time' : null
}

function isBad(csat: PlainContact['csat']): boolean {
  if (csat === null || csat.score === null) return false
  return csat.score <= { five_point: 2, three_point: 1, binary: 0 }[csat.scale]
}

interface PlainChain {
  members: PlainContact[]
  /** Ends of the contacts of the latest start. */
  lastEnds: number[]
}

/** Walks each customer's starts about one issue, one after the other. */
export function plainChains(all: PlainContact[]): PlainChain[] {
  const chains: PlainChain[] = []
  const matched = all.filter((row) => row.customer !== null)
  for (const key of new Set(matched.map((row) => JSON.stringify([row.customer, row.issue])))) {
    const mine = matched.filter((row) => JSON.stringify([row.customer, row.issue]) === key)
    let chain: PlainChain | null = null
    for (const start of [...new Set(mine.map((row) => row.startedAt))].sort((a, b) => a - b)) {
      const now = mine
        .filter((row) => row.startedAt === start)
        .sort((a, b) => order(a.source, b.source) || order(a.id, b.id))
      const isLed: boolean = chain?.lastEnds.some((end) => start - end <= 48 * hour) ?? false
      if (chain === null || !isLed) {
        chain = { members: [], lastEnds: [] }
        chains.push(chain)
      }
      chain.members.push(...now)
      chain.lastEnds = now.map((row) => row.endedAt)
    }
  }
  return chains
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

export const hundredths = (score: number) => Math.floor(score * 100 + 0.5)
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
  { watermark, reportingTimeZone }: Pick<World, 'watermark' | 'reportingTimeZone'>,
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
  const chains = (isSingle: boolean) =>
    plainChains(all).filter(
      ({ members, lastEnds }) =>
        members[0] !== undefined &&
        rows.includes(members[0]) &&
        (!isSingle || members.length === 1) &&
        lastEnds.every((end) => watermark.getTime() >= end + 48 * hour),
    ).length
  const isRepeat48 = (row: PlainContact) => row.gap !== null && row.gap <= 48 * hour
  const isJudged = (row: PlainContact) =>
    row.customer !== null && row.claim !== null && watermark.getTime() >= row.endedAt + 48 * hour
  const isClaimed = (row: PlainContact) => ['confirmed', 'assumed', 'contained'].includes(row.claim ?? '')
  const isContained = (row: PlainContact) =>
    isClaimed(row) && row.handledBy === 'ai' && row.escalation === 'none' && !((row.humanSeconds ?? 0) > 0)
  const isDurable = (row: PlainContact) =>
    isContained(row) && !row.isReopened && !isRepeat48(row) && !row.hasFailedReview && !isBad(row.csat)
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
    case 'severity_graded':
      return share(
        (row) => row.isGraded,
        (row) => row.isReviewed && row.errors === true,
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
    case 'repeat_contact_rate_7d':
      return repeat(168)
    case 'one_contact_chain_rate':
      return { numerator: chains(true), denominator: chains(false) }
    case 'expected_errors_per_day':
      return share(
        (row) => row.errors === true,
        (row) => row.isReviewed,
      )
    case 'csat_bad_rate':
      return share((row) => isBad(row.csat), isAnswered)
    case 'tone_defect_rate':
      return share(
        (row) => row.isToneDefect,
        (row) => row.isReviewed,
      )
    case 'qa_oldest_open_days': {
      const open = rows.flatMap((row) => (row.openSince === null ? [] : [row.openSince]))
      const until = Math.min(watermark.getTime(), monthEnd(of.month as Month, reportingTimeZone).getTime() + 168 * hour)
      const days = open.length === 0 ? 0 : Math.max(0, Math.floor((until - Math.min(...open)) / (24 * hour)))
      return { numerator: days, denominator: open.length }
    }
    case 'claimed_resolution_rate':
      return share(isClaimed, isJudged)
    case 'contained_resolution_rate':
      return share(isContained, isJudged)
    case 'confirmed_resolution_rate':
      return share((row) => row.claim === 'confirmed', isJudged)
    case 'durable_resolution_rate':
      return share(isDurable, isJudged)
    case 'resolution_gap':
      return share((row) => isClaimed(row) && !isDurable(row), isJudged)
    case 'unresolved_rate':
      return share(
        (row) => row.claim === 'unresolved',
        (row) => row.claim !== null,
      )
    case 'failed_handoffs':
      return { numerator: count((row) => row.isFailedHandoff), denominator: 0 }
    case 'human_minutes_per_100': {
      const timed = rows.flatMap((row) => (row.humanSeconds === null ? [] : [row.humanSeconds]))
      return { numerator: timed.reduce((sum, seconds) => sum + seconds, 0) / 60, denominator: timed.length }
    }
    case 'vip_contacts':
      return { numerator: count((row) => row.tier === 'vip'), denominator: 0 }
    case 'distressed_contacts':
      return { numerator: count((row) => row.isDistressed), denominator: 0 }
    case 'trust_recovery_contacts':
      return { numerator: count((row) => row.isRecovery), denominator: 0 }
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
