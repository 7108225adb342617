import type { Expression, ExpressionBuilder } from 'kysely'
import type { SqlDialect } from '../warehouse/sql-dialect.ts'
import type { ContactsTable, WarehouseSchema } from '../warehouse/warehouse-schema.ts'
import { isDemand } from './counting-interactions.ts'
import type { ContactStage } from './stage-contacts.ts'

export interface ContactOptions {
  reportingTimeZone: string
  /** Contacts that ended less than a window before it are immature for it, followed by another or not. */
  watermark: Date | null
}

/** The tables that a contact is read from; every column of a left join may be null. */
export type Joined = WarehouseSchema & {
  review: Partial<WarehouseSchema['reviewed_contacts']>
  escalation: Partial<WarehouseSchema['escalated_contacts']>
  survey: Partial<WarehouseSchema['surveyed_contacts']>
  repeat: Partial<WarehouseSchema['followed_contacts']>
  chain: Partial<WarehouseSchema['repeat_chains']>
  recovery: Partial<WarehouseSchema['recovering_contacts']>
  level: Partial<WarehouseSchema['levels_in_force']>
}
export type JoinedName = 'interactions' | 'review' | 'escalation' | 'survey' | 'repeat' | 'chain' | 'recovery' | 'level'
type Builder = ExpressionBuilder<Joined, JoinedName>

/** The stages with what each contributes to a contact, by the name under which it is joined. */
export const joinedStages = {
  reviewed_contacts: 'review',
  escalated_contacts: 'escalation',
  surveyed_contacts: 'survey',
  followed_contacts: 'repeat',
  repeat_chains: 'chain',
  recovering_contacts: 'recovery',
} as const satisfies Record<ContactStage, JoinedName>

const hour = 60 * 60

/** Sentiment runs from -1 to 1. */
const distressedSentiment = -0.5

/** What each column of `contacts` is, from the interaction and what is joined to it. */
export function contactColumns(
  eb: Builder,
  dialect: SqlDialect,
  { reportingTimeZone, watermark }: ContactOptions,
): { [C in keyof ContactsTable]: Expression<unknown> } {
  const yes = eb.lit(true)
  const no = eb.lit(false)
  const when = (condition: Expression<unknown>) =>
    eb
      .case()
      .when(condition as never)
      .then(yes)
      .else(no)
      .end()
  const isSet = (column: Parameters<Builder['ref']>[0]) => when(eb(eb.ref(column), '=', eb.lit(1) as never))
  const interaction = eb as unknown as ExpressionBuilder<WarehouseSchema, 'interactions'>
  const demand = isDemand(interaction)
  const eligible = eb.and([demand as never, eb('interactions.customer_id', 'is not', null)])
  const ofEligible = (value: Expression<unknown>) => eb.case().when(eligible).then(value).end()
  const finishedAt = eb.fn.coalesce('interactions.ended_at', 'interactions.started_at')
  const matureAt = (instant: Expression<Date | null>, seconds: number) =>
    watermark === null ? eb.lit(false) : eb(instant, '<=', new Date(watermark.getTime() - seconds * 1000))
  const isMature = (seconds: number) => when(matureAt(finishedAt, seconds))
  const isWithin = (seconds: number) => when(eb('repeat.gap_seconds', '<=', eb.lit(seconds)))
  const isChained = eb('chain.interaction_id', 'is not', null)
  const failedReview = eb
    .case()
    .when('review.label_adjudicated', '=', eb.lit(1))
    .then(isSet('review.label_failed'))
    .else(isSet('review.failure_found'))
    .end()
  const claims = eb('interactions.claimed_resolution', 'in', ['confirmed', 'assumed', 'contained'])
  // The same contacts for the claim and for what came of it, so that the gap compares like with like.
  const ofJudged = (condition: Expression<unknown>) =>
    eb
      .case()
      .when(
        eb.and([eligible, eb('interactions.claimed_resolution', 'is not', null), eb(isMature(48 * hour), '=', yes)]),
      )
      .then(when(condition))
      .end()
  return {
    source: eb.ref('interactions.source'),
    interaction_id: eb.ref('interactions.interaction_id'),
    interaction_type: eb.ref('interactions.interaction_type'),
    channel: eb.ref('interactions.channel'),
    handled_by: eb.ref('interactions.handled_by'),
    customer_tier: eb.fn.coalesce('interactions.customer_tier', eb.cast<string>(eb.val('unknown'), 'varchar')),
    ai_version: eb.fn.coalesce('interactions.ai_version', eb.cast<string>(eb.val('unknown'), 'varchar')),
    started_at: eb.ref('interactions.started_at'),
    finished_at: finishedAt,
    contact_date: dialect.localDay(eb.ref('interactions.started_at'), reportingTimeZone),
    contact_month: dialect.localMonth(eb.ref('interactions.started_at'), reportingTimeZone),
    is_ai_participated: when(eb('interactions.handled_by', 'in', ['ai', 'ai_assisted'])),
    is_time_placeholder: eb.fn.coalesce('interactions.is_time_placeholder', no),
    url: eb.ref('interactions.url'),

    is_distressed: when(eb('interactions.sentiment', '<=', eb.lit(distressedSentiment))),
    is_trust_recovery: when(eb('recovery.interaction_id', 'is not', null)),

    label_review_id: eb.ref('review.label_review_id'),
    is_random_reviewed: isSet('review.random_completed'),
    is_error: eb
      .case()
      .when('review.label_review_id', 'is', null)
      .then(eb.lit(null))
      .else(isSet('review.label_failed'))
      .end(),
    defect: eb.ref('review.defect'),
    severity: eb.ref('review.severity'),
    qa_score: eb.ref('review.qa_score'),
    // An adjudication settles it; until then any reviewer's critical finding stands.
    has_critical_defect: eb
      .case()
      .when('review.label_adjudicated', '=', eb.lit(1))
      .then(isSet('review.label_critical'))
      .else(isSet('review.critical_found'))
      .end(),
    has_failed_review: failedReview,
    is_review_drawn: isSet('review.drawn'),
    is_review_completed: isSet('review.random_completed'),
    is_review_due: isSet('review.due'),
    is_review_on_time: isSet('review.on_time'),
    review_open_since: eb
      .case()
      .when('review.random_completed', '=', eb.lit(0))
      .then(eb.ref('review.open_since'))
      .end(),
    is_judge_agreeing: eb
      .case()
      .when(eb.or([eb('review.label_review_id', 'is', null), eb('review.judge_failed', 'is', null)]))
      .then(eb.lit(null))
      .else(when(eb('review.judge_failed', '=', eb.ref('review.label_failed'))))
      .end(),

    is_escalated: when(eb('escalation.interaction_id', 'is not', null)),
    is_escalation_expected: eb
      .case()
      .when('escalation.interaction_id', 'is', null)
      .then(eb.lit(null))
      .when('escalation.unexpected', '=', eb.lit(1))
      .then(no)
      .when('escalation.unknown', '=', eb.lit(1))
      .then(eb.lit(null))
      .else(yes)
      .end(),
    is_failed_handoff: isSet('escalation.failed_handoff'),

    claimed_resolution: eb.ref('interactions.claimed_resolution'),
    is_reopened: eb.fn.coalesce('interactions.reopened', no),
    human_seconds: eb.ref('interactions.human_seconds'),
    is_claimed_resolved: ofJudged(claims),
    is_durable: ofJudged(
      eb.and([
        claims,
        eb('interactions.handled_by', '=', 'ai'),
        eb('escalation.interaction_id', 'is', null),
        eb(eb.fn.coalesce('interactions.human_seconds', eb.lit(0)), '=', eb.lit(0)),
        eb(eb.fn.coalesce('interactions.reopened', no), '=', no),
        eb(isWithin(48 * hour), '=', no),
        eb(failedReview, '=', no),
        eb(eb.fn.coalesce('survey.is_bad', no), '=', no),
      ]),
    ),

    is_repeat_demand: when(demand),
    demand_exclusion: eb
      .case()
      .when('interactions.exclusion', 'is not', null)
      .then(eb.ref('interactions.exclusion') as Expression<string | null>)
      .when('interactions.direction', '=', 'outbound')
      .then(eb.cast<string>(eb.val('outbound'), 'varchar'))
      .when('interactions.is_time_placeholder', '=', yes)
      .then(eb.cast<string>(eb.val('placeholder_time'), 'varchar'))
      .end(),
    is_repeat_eligible: when(eligible),
    next_interaction_id: eb.ref('repeat.next_interaction_id'),
    repeat_gap_seconds: eb.ref('repeat.gap_seconds'),
    is_mature_24h: isMature(24 * hour),
    is_repeat_24h: isWithin(24 * hour),
    is_mature_48h: isMature(48 * hour),
    is_repeat_48h: isWithin(48 * hour),
    is_mature_7d: isMature(168 * hour),
    is_repeat_7d: isWithin(168 * hour),
    is_end_missing: when(eb.and([eligible, eb('interactions.ended_at', 'is', null)])),
    chain_head_id: ofEligible(eb.fn.coalesce('chain.chain_head_id', 'interactions.interaction_id')),
    chain_length: ofEligible(eb.fn.coalesce('chain.chain_length', eb.lit(1))),
    is_chain_head: when(
      eb.and([
        eligible,
        eb.or([
          eb.not(isChained),
          eb.and([
            eb('chain.chain_head_source', '=', eb.ref('interactions.source')),
            eb('chain.chain_head_id', '=', eb.ref('interactions.interaction_id')),
          ]),
        ]),
      ]),
    ),
    is_chain_complete: when(
      eb.and([eligible, matureAt(eb.fn.coalesce('chain.chain_finished_at', finishedAt), 48 * hour)]),
    ),

    csat_scale: eb.ref('survey.scale'),
    is_csat_offered: when(eb('survey.scale', 'is not', null)),
    is_csat_answered: when(eb('survey.score', 'is not', null)),
    csat_score: eb.ref('survey.score'),
    is_csat_satisfied: eb.ref('survey.is_satisfied'),
    is_csat_bad: eb.ref('survey.is_bad'),

    oversight_level: eb.ref('level.oversight_level'),
    is_automation_creep: when(
      eb.and([eb('interactions.handled_by', '=', 'ai'), eb('level.oversight_level', '!=', 'human_on_the_loop')]),
    ),
  }
}
