import type { Expression, ExpressionBuilder, SqlBool } from 'kysely'
import { tableColumns } from '../warehouse/table-columns.ts'
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
  error_graded_count: (eb) =>
    eb.and([is(eb, 'is_random_reviewed', true), is(eb, 'is_error', true), eb('severity', 'is not', null)]),
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
  mature_7d_count: (eb) => eb.and([is(eb, 'is_repeat_eligible', true), is(eb, 'is_mature_7d', true)]),
  repeat_7d_count: (eb) =>
    eb.and([is(eb, 'is_repeat_eligible', true), is(eb, 'is_mature_7d', true), is(eb, 'is_repeat_7d', true)]),
  end_missing_count: (eb) => is(eb, 'is_end_missing', true),
  chain_count: (eb) => eb.and([is(eb, 'is_chain_head', true), is(eb, 'is_chain_complete', true)]),
  single_chain_count: (eb) =>
    eb.and([is(eb, 'is_chain_head', true), is(eb, 'is_chain_complete', true), has(eb, 'chain_length', 1)]),
  excluded_auto_reply_count: (eb) => has(eb, 'demand_exclusion', 'auto_reply'),
  excluded_spam_count: (eb) => has(eb, 'demand_exclusion', 'spam'),
  excluded_abandoned_count: (eb) => has(eb, 'demand_exclusion', 'abandoned'),
  excluded_agent_follow_up_count: (eb) => has(eb, 'demand_exclusion', 'agent_follow_up'),
  excluded_promised_callback_count: (eb) => has(eb, 'demand_exclusion', 'promised_callback'),
  excluded_duplicate_count: (eb) => has(eb, 'demand_exclusion', 'duplicate'),
  excluded_thanks_count: (eb) => has(eb, 'demand_exclusion', 'thanks'),
  excluded_in_session_handoff_count: (eb) => has(eb, 'demand_exclusion', 'in_session_handoff'),
  excluded_outbound_count: (eb) => has(eb, 'demand_exclusion', 'outbound'),
  excluded_placeholder_time_count: (eb) => has(eb, 'demand_exclusion', 'placeholder_time'),
  resolution_judged_count: (eb) => eb('is_durable', 'is not', null),
  claimed_resolved_count: (eb) => is(eb, 'is_claimed_resolved', true),
  contained_count: (eb) =>
    eb.and([
      is(eb, 'is_claimed_resolved', true),
      has(eb, 'handled_by', 'ai'),
      is(eb, 'is_escalated', false),
      eb(eb.fn.coalesce('human_seconds', eb.lit(0)), '=', eb.lit(0)),
    ]),
  confirmed_count: (eb) => eb.and([is(eb, 'is_claimed_resolved', true), has(eb, 'claimed_resolution', 'confirmed')]),
  durable_count: (eb) => is(eb, 'is_durable', true),
  claim_broken_count: (eb) => eb.and([is(eb, 'is_claimed_resolved', true), is(eb, 'is_durable', false)]),
  claim_given_count: (eb) => eb('claimed_resolution', 'is not', null),
  unresolved_count: (eb) => has(eb, 'claimed_resolution', 'unresolved'),
  failed_handoff_count: (eb) => is(eb, 'is_failed_handoff', true),
  human_timed_count: (eb) => eb('human_seconds', 'is not', null),
  csat_bad_count: (eb) => eb.and([is(eb, 'is_csat_answered', true), is(eb, 'is_csat_bad', true)]),
  vip_count: (eb) => has(eb, 'customer_tier', 'vip'),
  distressed_count: (eb) => is(eb, 'is_distressed', true),
  trust_recovery_count: (eb) => is(eb, 'is_trust_recovery', true),
  distressed_reviewed_count: (eb) => eb.and([is(eb, 'is_random_reviewed', true), is(eb, 'is_distressed', true)]),
  distressed_error_count: (eb) =>
    eb.and([is(eb, 'is_random_reviewed', true), is(eb, 'is_error', true), is(eb, 'is_distressed', true)]),
  trust_recovery_reviewed_count: (eb) =>
    eb.and([is(eb, 'is_random_reviewed', true), is(eb, 'is_trust_recovery', true)]),
  trust_recovery_error_count: (eb) =>
    eb.and([is(eb, 'is_random_reviewed', true), is(eb, 'is_error', true), is(eb, 'is_trust_recovery', true)]),
  defect_hallucination_count: (eb) => hasDefect(eb, 'hallucination'),
  defect_policy_misapplication_count: (eb) => hasDefect(eb, 'policy_misapplication'),
  defect_tone_mismatch_count: (eb) => hasDefect(eb, 'tone_mismatch'),
  defect_incomplete_resolution_count: (eb) => hasDefect(eb, 'incomplete_resolution'),
  defect_other_count: (eb) => hasDefect(eb, 'other'),
  review_open_count: (eb) => eb('review_open_since', 'is not', null),
}

type Flag = Extract<keyof WarehouseSchema['contacts'], `is_${string}` | `has_${string}`>

/** The flag has the value; a null flag has none. Flags that are never null stand for themselves: they are read often. */
function is(eb: Contacts, column: Flag, value: boolean): Expression<SqlBool> {
  if (tableColumns.contacts[column] !== 'boolean') {
    return eb.and([eb(column, 'is not', null), eb(eb.ref(column), '=', eb.lit(value) as never)])
  }
  const flag = eb.ref(column) as unknown as Expression<SqlBool>
  return value ? flag : eb.not(flag)
}

/** The column has the value; a null has none. */
function has(
  eb: Contacts,
  column: 'demand_exclusion' | 'handled_by' | 'claimed_resolution' | 'customer_tier' | 'defect' | 'chain_length',
  value: string | number,
): Expression<SqlBool> {
  return eb.and([eb(column, 'is not', null), eb(eb.ref(column), '=', value)])
}

/** A defect of this class in the label of a randomly reviewed contact. */
function hasDefect(eb: Contacts, defect: string): Expression<SqlBool> {
  return eb.and([is(eb, 'is_random_reviewed', true), has(eb, 'defect', defect)])
}
