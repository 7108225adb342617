import type { Expression, ExpressionBuilder, SqlBool } from 'kysely'
import type { DailyCountsTable, WarehouseSchema } from '../warehouse/warehouse-schema.ts'

type Contacts = ExpressionBuilder<WarehouseSchema, 'contacts'>

/** Columns of daily_counts that count contacts; the others are sums over the contacts of one of these. */
export type CountColumn = Extract<keyof DailyCountsTable, `${string}_count`>

/**
 * Which contacts each count counts: the one definition from which the daily counts, the metrics and the lists behind
 * every number are made. A predicate is never null.
 */
export const countedContacts: { [C in CountColumn]: (eb: Contacts) => Expression<SqlBool> } = {
  contact_count: (eb) => eb.lit(true),
  random_reviewed_count: (eb) => is(eb, 'is_random_reviewed', true),
  error_count: (eb) => eb.and([is(eb, 'is_random_reviewed', true), is(eb, 'is_error', true)]),
  critical_defect_count: (eb) => is(eb, 'has_critical_defect', true),
  qa_scored_count: (eb) => eb.and([is(eb, 'is_random_reviewed', true), eb('qa_score', 'is not', null)]),
  review_drawn_count: (eb) => is(eb, 'is_review_drawn', true),
  review_completed_count: (eb) => eb.and([is(eb, 'is_review_drawn', true), is(eb, 'is_review_completed', true)]),
  review_due_count: (eb) => eb.and([is(eb, 'is_review_drawn', true), is(eb, 'is_review_due', true)]),
  review_on_time_count: (eb) =>
    eb.and([is(eb, 'is_review_drawn', true), is(eb, 'is_review_due', true), is(eb, 'is_review_on_time', true)]),
  judged_count: (eb) => eb('is_judge_agreeing', 'is not', null),
  judge_agreeing_count: (eb) => is(eb, 'is_judge_agreeing', true),
  escalated_count: (eb) => is(eb, 'is_escalated', true),
  unexpected_escalated_count: (eb) => eb.and([is(eb, 'is_escalated', true), is(eb, 'is_escalation_expected', false)]),
  unknown_escalated_count: (eb) => eb.and([is(eb, 'is_escalated', true), eb('is_escalation_expected', 'is', null)]),
  repeat_demand_count: (eb) => is(eb, 'is_repeat_demand', true),
  repeat_eligible_count: (eb) => is(eb, 'is_repeat_eligible', true),
  mature_24h_count: (eb) => eb.and([is(eb, 'is_repeat_eligible', true), is(eb, 'is_mature_24h', true)]),
  repeat_24h_count: (eb) =>
    eb.and([is(eb, 'is_repeat_eligible', true), is(eb, 'is_mature_24h', true), is(eb, 'is_repeat_24h', true)]),
  mature_48h_count: (eb) => eb.and([is(eb, 'is_repeat_eligible', true), is(eb, 'is_mature_48h', true)]),
  repeat_48h_count: (eb) =>
    eb.and([is(eb, 'is_repeat_eligible', true), is(eb, 'is_mature_48h', true), is(eb, 'is_repeat_48h', true)]),
  csat_offered_count: (eb) => is(eb, 'is_csat_offered', true),
  csat_answered_count: (eb) => is(eb, 'is_csat_answered', true),
  csat_satisfied_count: (eb) => eb.and([is(eb, 'is_csat_answered', true), is(eb, 'is_csat_satisfied', true)]),
  levelled_count: (eb) => eb('oversight_level', 'is not', null),
  creep_count: (eb) => is(eb, 'is_automation_creep', true),
}

type Flag = Extract<keyof WarehouseSchema['contacts'], `is_${string}` | `has_${string}`>

/** The flag has the value; a null flag has none. */
function is(eb: Contacts, column: Flag, value: boolean): Expression<SqlBool> {
  return eb.and([eb(column, 'is not', null), eb(eb.ref(column), '=', eb.lit(value) as never)])
}
