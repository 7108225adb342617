import type { Expression, ExpressionBuilder } from 'kysely'
import type { Warehouse } from '../warehouse/open-warehouse.ts'
import type { ContactsTable, WarehouseSchema } from '../warehouse/warehouse-schema.ts'
import { contactEscalations } from './contact-escalations.ts'
import { contactReviews } from './contact-reviews.ts'
import { contactSurveys } from './contact-surveys.ts'
import { isCounted, isDemand } from './counting-interactions.ts'
import { repeatContacts } from './repeat-contacts.ts'

type Rows<T extends (...args: never[]) => { execute(): Promise<unknown[]> }> = Awaited<
  ReturnType<ReturnType<T>['execute']>
>[number]

/** The tables joined below; every column of a left join may be null. */
type Joined = WarehouseSchema & {
  review: Partial<Rows<typeof contactReviews>>
  escalation: Partial<Rows<typeof contactEscalations>>
  survey: Partial<Rows<typeof contactSurveys>>
  repeat: Partial<Rows<typeof repeatContacts>>
  level: Partial<WarehouseSchema['levels_in_force']>
}
type Builder = ExpressionBuilder<Joined, 'interactions' | 'review' | 'escalation' | 'survey' | 'repeat' | 'level'>

const hour = 60 * 60

/**
 * Grain: one interaction that is neither deleted nor test traffic, with its label, escalation, repeat contact, survey
 * and the level in force when it started. `watermark`: contacts that ended less than 24 or 48 hours before it are
 * immature, whether or not they were already followed by another. Fills the empty table `contacts`.
 */
export async function buildContacts(
  warehouse: Pick<Warehouse, 'db' | 'dialect'>,
  options: { reportingTimeZone: string; watermark: Date | null },
): Promise<void> {
  const { db, dialect } = warehouse
  const select = (eb: Builder): { [C in keyof ContactsTable]: Expression<unknown> } => {
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
    const finishedAt = eb.fn.coalesce('interactions.ended_at', 'interactions.started_at')
    const isMature = (seconds: number) =>
      options.watermark === null ? no : when(eb(dialect.addSeconds(finishedAt, seconds), '<=', options.watermark))
    const isWithin = (seconds: number) => when(eb('repeat.gap_seconds', '<=', seconds))
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
      contact_date: dialect.localDay(eb.ref('interactions.started_at'), options.reportingTimeZone),
      contact_month: dialect.localMonth(eb.ref('interactions.started_at'), options.reportingTimeZone),
      is_ai_participated: when(eb('interactions.handled_by', 'in', ['ai', 'ai_assisted'])),
      is_time_placeholder: eb.fn.coalesce('interactions.is_time_placeholder', no),
      url: eb.ref('interactions.url'),

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
      is_review_drawn: isSet('review.drawn'),
      is_review_completed: isSet('review.random_completed'),
      is_review_due: isSet('review.due'),
      is_review_on_time: isSet('review.on_time'),
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

      is_repeat_demand: when(demand),
      is_repeat_eligible: when(eb.and([demand as never, eb('interactions.customer_id', 'is not', null)])),
      next_interaction_id: eb.ref('repeat.next_interaction_id'),
      repeat_gap_seconds: eb.ref('repeat.gap_seconds'),
      is_mature_24h: isMature(24 * hour),
      is_repeat_24h: isWithin(24 * hour),
      is_mature_48h: isMature(48 * hour),
      is_repeat_48h: isWithin(48 * hour),

      csat_scale: eb.ref('survey.scale'),
      is_csat_offered: when(eb('survey.scale', 'is not', null)),
      is_csat_answered: when(eb('survey.score', 'is not', null)),
      csat_score: eb.ref('survey.score'),
      is_csat_satisfied: eb.ref('survey.is_satisfied'),

      oversight_level: eb.ref('level.oversight_level'),
      is_automation_creep: when(
        eb.and([eb('interactions.handled_by', '=', 'ai'), eb('level.oversight_level', '!=', 'human_on_the_loop')]),
      ),
    }
  }

  let names: string[] = []
  const rows = db
    .selectFrom('interactions')
    .leftJoin(contactReviews(db).as('review'), (on) =>
      on
        .onRef('review.source', '=', 'interactions.source')
        .onRef('review.interaction_id', '=', 'interactions.interaction_id'),
    )
    .leftJoin(contactEscalations(db).as('escalation'), (on) =>
      on
        .onRef('escalation.source', '=', 'interactions.source')
        .onRef('escalation.interaction_id', '=', 'interactions.interaction_id'),
    )
    .leftJoin(contactSurveys(db).as('survey'), (on) =>
      on
        .onRef('survey.source', '=', 'interactions.source')
        .onRef('survey.interaction_id', '=', 'interactions.interaction_id'),
    )
    .leftJoin(repeatContacts(db, dialect).as('repeat'), (on) =>
      on
        .onRef('repeat.source', '=', 'interactions.source')
        .onRef('repeat.interaction_id', '=', 'interactions.interaction_id'),
    )
    .leftJoin('levels_in_force as level', (on) =>
      on
        .onRef('level.interaction_type', '=', 'interactions.interaction_type')
        .onRef('level.effective_from', '<=', 'interactions.started_at')
        .on((eb) =>
          eb.or([
            eb('level.effective_to', 'is', null),
            eb('level.effective_to', '>', eb.ref('interactions.started_at')),
          ]),
        ),
    )
    .where((eb) => isCounted(eb as unknown as ExpressionBuilder<WarehouseSchema, 'interactions'>))
    .select((eb) => {
      const columns = Object.entries(select(eb as unknown as Builder))
      names = columns.map(([name]) => name)
      return columns.map(([name, expression]) => eb.parens(expression).as(name))
    })
  await db
    .insertInto('contacts')
    .columns(names as (keyof ContactsTable)[])
    .expression(rows as never)
    .execute()
}
