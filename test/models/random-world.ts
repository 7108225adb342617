import fc from 'fast-check'
import type { Facts } from './warehouse-of.ts'

type Row<T extends keyof Facts> = NonNullable<Facts[T]>[number]

/** Instants on a grid of 12 hours around a month's turn, with a second more or less: ties and exact boundaries abound. */
const instant = fc
  .tuple(fc.integer({ min: -8, max: 8 }), fc.constantFrom(-1, 0, 0, 0, 1))
  .map(([step, second]) => new Date(Date.UTC(2026, 2, 1, 5) + step * 12 * 3_600_000 + second * 1000))

const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: null, freq: 2 })
const rarely = fc.constantFrom(true, false, false, false, false, false, null)
const source = fc.constantFrom('s', 's', 's', 'x')
const number = fc.integer({ min: 0, max: 14 }).map(String)

const interaction: fc.Arbitrary<Row<'interactions'>> = fc.record({
  source,
  interaction_id: number,
  is_deleted: rarely,
  is_test: rarely,
  is_time_placeholder: rarely,
  direction: fc.constantFrom('inbound', 'inbound', 'inbound', 'outbound', null),
  exclusion: fc.constantFrom(null, null, null, null, null, null, 'spam' as const, 'thanks' as const),
  customer_id: fc.constantFrom('u', 'u', 'v', null),
  interaction_type: fc.constantFrom('refund', 'refund', 'order'),
  issue_key: fc.constantFrom(null, null, 'k'),
  channel: fc.constantFrom('chat', 'email'),
  customer_tier: fc.constantFrom(null, 'vip', 'standard'),
  handled_by: fc.constantFrom('ai', 'ai', 'ai_assisted', 'human', 'system'),
  ai_version: fc.constantFrom(null, 'v1', 'v2'),
  sentiment: fc.constantFrom(null, null, -0.5, -0.49, -1, 0.3),
  claimed_resolution: fc.constantFrom(
    null,
    'confirmed',
    'confirmed',
    'assumed',
    'contained',
    'unresolved',
    'abandoned',
  ),
  reopened: fc.constantFrom(null, null, false, false, true),
  human_seconds: fc.constantFrom(null, null, 0, 0, 0, 61.5, 600),
  started_at: instant,
  ended_at: maybe(instant),
})

const score = maybe(fc.integer({ min: 0, max: 1000 }).map((tenths) => tenths / 10))
const review: fc.Arbitrary<Row<'qa_reviews'>> = fc
  .record({
    source,
    review_id: fc.integer({ min: 0, max: 99 }).map(String),
    interaction_id: number,
    is_deleted: rarely,
    reviewer_kind: fc.constantFrom('human', 'human', 'judge', 'program'),
    sampling: fc.constantFrom('random', 'random', 'targeted'),
    is_adjudicated: rarely,
    sampled_at: instant,
    due_at: maybe(instant),
    reviewed_at: maybe(instant),
    accuracy: score,
    tone: score,
    resolution: score,
    score: fc.constantFrom(null, null, 87.35, 4.35, 100),
    outcome: fc.constantFrom(null, 'pass', 'fail'),
    defect: fc.constantFrom(null, 'other', 'hallucination', 'tone_mismatch'),
    severity: fc.constantFrom(null, 'minor', 'major', 'critical'),
  })
  .map((row) => ({ ...row, ...drawOf(Number(row.review_id)) }))

/** Strata and chances follow from the number, so that a world with them is the world without them but for these. */
const drawOf = (number: number) => ({
  stratum: number % 7 === 0 ? null : number % 3 === 0 ? 'b' : 'a',
  inclusion_probability: number % 12 === 11 ? null : ([0.1, 0.25, 0.5, 1][number % 4] ?? 1),
})

/** Of every other world; a stratum without a review, one that no frame knows, and a removed frame among them. */
function framesOf({ interactions = [], qa_reviews = [] }: Facts): Row<'sampling_frames'>[] {
  const number = interactions.length * 7 + qa_reviews.length
  if (number % 2 === 0) return []
  const frames = [
    { month: '2026-03', interaction_type: 'refund', stratum: 'a', population: 40 + (number % 30) },
    { month: '2026-03', interaction_type: 'refund', stratum: 'b', population: number % 9 },
    { month: '2026-03', interaction_type: 'refund', stratum: 'c', population: 5 },
    { month: '2026-02', interaction_type: 'order', stratum: 'b', population: 12, is_deleted: number % 3 === 0 },
  ]
  return frames.map((row) => ({
    ...row,
    source: 's',
    frame_id: `${row.month}/${row.interaction_type}/${row.stratum}`,
    drawn: 0,
  }))
}

const escalation: fc.Arbitrary<Row<'escalations'>> = fc.record({
  source,
  escalation_id: fc.integer({ min: 0, max: 99 }).map(String),
  interaction_id: number,
  is_deleted: rarely,
  escalated_at: instant,
  reason: fc.constantFrom('keyword', 'failed_handoff', 'other', 'novel'),
  expected: fc.constantFrom(null, null, true, false),
})

const survey: fc.Arbitrary<Row<'csat_responses'>> = fc.record({
  source,
  response_id: fc.integer({ min: 0, max: 99 }).map(String),
  interaction_id: number,
  is_deleted: rarely,
  offered_at: instant,
  responded_at: maybe(instant),
  scale: fc.constantFrom('binary', 'three_point', 'five_point'),
  score: maybe(fc.constantFrom(0, 1, 2, 3, 4, 5)),
})

const level = fc.constantFrom('human_as_the_loop' as const, 'human_in_the_loop' as const, 'human_on_the_loop' as const)

export interface World {
  facts: Facts
  watermark: Date
  reportingTimeZone: string
}

const unique = <T extends object>(of: fc.Arbitrary<T>, key: keyof T, minLength: number, maxLength: number) =>
  fc.uniqueArray(of, {
    selector: (row) => JSON.stringify([(row as { source?: string }).source, row[key]]),
    minLength,
    maxLength,
    size: 'max',
  })

/** Small worlds full of ties, missing values and second reviews; `rich` ones have some of everything. */
export const worlds = (size: 'any' | 'rich'): fc.Arbitrary<World> => {
  const least = (count: number) => (size === 'rich' ? count : 0)
  const world = fc.record({
    facts: fc.record({
      interactions: unique(interaction, 'interaction_id', least(16), 22),
      qa_reviews: unique(review, 'review_id', least(45), 60),
      escalations: unique(escalation, 'escalation_id', least(8), 10),
      csat_responses: unique(survey, 'response_id', least(12), 14),
      levels_in_force: fc
        .tuple(level, level, instant, maybe(instant))
        .map(([first, second, from, turn]) => [
          { interaction_type: 'refund', oversight_level: first, effective_from: from, effective_to: turn },
          ...(turn === null
            ? []
            : [{ interaction_type: 'refund', oversight_level: second, effective_from: turn, effective_to: null }]),
        ])
        .filter(([first]) => first?.effective_to === null || (first?.effective_to ?? 0) > (first?.effective_from ?? 0)),
    }),
    watermark: fc.oneof(instant, fc.constant(new Date('2026-03-10T00:00:00Z'))),
    reportingTimeZone: fc.constantFrom('UTC', 'America/New_York', 'Asia/Kolkata'),
  })
  return world
    .map((each) => ({ ...each, facts: { ...each.facts, sampling_frames: framesOf(each.facts) } }))
    .map((each) => ((each.facts.interactions.length + each.facts.qa_reviews.length) % 3 === 0 ? inAutumn(each) : each))
}

/** To where clocks are set back at the turn of a month: in New York after two hours of it, in Havana over its midnight. */
const untilAutumn = Date.UTC(2026, 10, 1, 4, 30) - Date.UTC(2026, 2, 1, 5)

/** The same world eight months later, in a zone that has just left summer time, or is about to. */
function inAutumn({ facts, watermark, reportingTimeZone }: World): World {
  const months: Record<string, string> = { '2026-02': '2026-10', '2026-03': '2026-11' }
  const later = (value: unknown) => {
    if (value instanceof Date) return new Date(value.getTime() + untilAutumn)
    return typeof value === 'string' ? (months[value] ?? value) : value
  }
  const moved = Object.entries(facts).map(([table, rows]) => [
    table,
    rows?.map((row) => Object.fromEntries(Object.entries(row).map(([column, value]) => [column, later(value)]))),
  ])
  return {
    facts: Object.fromEntries(moved),
    watermark: later(watermark) as Date,
    reportingTimeZone: reportingTimeZone === 'Asia/Kolkata' ? 'America/Havana' : reportingTimeZone,
  }
}
