import type { changeEvent } from '../contract/change-event.ts'
import type { csatResponse } from '../contract/csat-response.ts'
import type { escalation } from '../contract/escalation.ts'
import type { FactRow, Lineage } from '../contract/fact-row.ts'
import type { interaction } from '../contract/interaction.ts'
import type { qaReview } from '../contract/qa-review.ts'
import type { samplingFrame } from '../contract/sampling-frame.ts'
import type { Cohort, CsatScale, MetricId } from '../metrics.ts'

/** Levels of oversight, from human-led to AI acting alone. */
export type OversightLevel = 'human_as_the_loop' | 'human_in_the_loop' | 'human_on_the_loop'

/** Grain: one type, one half-open interval of instants. Passed in at publish by the command line. */
export interface LevelsInForceTable {
  interaction_type: string
  oversight_level: OversightLevel
  effective_from: Date
  /** null: still in force. */
  effective_to: Date | null
}

/** Grain: one interaction that is neither deleted nor test traffic. */
export interface ContactsTable {
  source: string
  interaction_id: string
  interaction_type: string
  channel: string
  handled_by: 'ai' | 'ai_assisted' | 'human' | 'system'
  /** standard, vip or unknown. */
  customer_tier: string
  /** 'unknown' where the source does not say. */
  ai_version: string
  started_at: Date
  /** ended_at, or the start where the end is missing. */
  finished_at: Date
  /** Calendar day and first day of the month in the reporting time zone, YYYY-MM-DD. */
  contact_date: string
  contact_month: string
  is_ai_participated: boolean
  is_time_placeholder: boolean
  url: string | null

  /** Segments beside the tier: sentiment of -0.5 or worse; within 7 days after a contact of the same customer that failed. */
  is_distressed: boolean
  is_trust_recovery: boolean

  /** Label review: adjudicated, else first completed random human, else program. */
  label_review_id: string | null
  is_random_reviewed: boolean
  is_error: boolean | null
  defect: string | null
  severity: string | null
  qa_score: number | null
  has_critical_defect: boolean
  /** A completed review by a person or program, of any sampling, failed it; an adjudication settles it. */
  has_failed_review: boolean
  /** Random reviews drawn, completed, and (of those with a due time) on time. Second reviews do not count. */
  is_review_drawn: boolean
  is_review_completed: boolean
  is_review_due: boolean
  is_review_on_time: boolean
  /** When the first random review that is still open was drawn; null once one was completed, or without a draw. */
  review_open_since: Date | null
  /** null without both a judge review and a label. */
  is_judge_agreeing: boolean | null

  is_escalated: boolean
  /** null when nobody can say whether a written trigger called for it. */
  is_escalation_expected: boolean | null
  is_failed_handoff: boolean

  /** What the source claims; null where it says nothing. */
  claimed_resolution: string | null
  is_reopened: boolean
  /** Working time of people, seconds; null where the source does not say. */
  human_seconds: number | null
  /**
   * Claimed to be resolved, and truly so (docs/decisions/resolution-ladder.md). Both null where the second cannot be
   * judged: no claim, no demand, customer unknown, or less than 48 h gone by.
   */
  is_claimed_resolved: boolean | null
  is_durable: boolean | null

  /** Inbound, not excluded, real time. */
  is_repeat_demand: boolean
  /** Why it is no demand: the source's exclusion, else outbound, else placeholder_time. null for demand. */
  demand_exclusion: string | null
  /** Demand with a known customer: can be matched. */
  is_repeat_eligible: boolean
  /** The next contact about the same issue, where it began at most 7 days after the end of this one. */
  next_interaction_id: string | null
  /** Seconds from the end of this contact to the start of the next about the same issue; 0 when they overlap. */
  repeat_gap_seconds: number | null
  is_mature_24h: boolean
  is_repeat_24h: boolean
  is_mature_48h: boolean
  is_repeat_48h: boolean
  is_mature_7d: boolean
  is_repeat_7d: boolean
  /** Eligible demand without an end, so that its start stands for it. */
  is_end_missing: boolean
  /** The chain of 48 h repeats that it belongs to, by its first contact; null for contacts that cannot be matched. */
  chain_head_id: string | null
  chain_length: number | null
  is_chain_head: boolean
  /** The last contact of the chain is mature, so that it cannot grow any more. */
  is_chain_complete: boolean

  csat_scale: CsatScale | null
  is_csat_offered: boolean
  is_csat_answered: boolean
  csat_score: number | null
  is_csat_satisfied: boolean | null
  is_csat_bad: boolean | null

  /** Level in force when the contact started; null when unregistered. */
  oversight_level: OversightLevel | null
  is_automation_creep: boolean
}

/**
 * What hangs on contacts: kept stages, each of the grain one interaction that has something of the kind. The view
 * `contacts` joins them to the interactions. Flags are 0 or 1. `started_at` is that of the contact, and rows lie in its
 * order but for what loads added since: whoever asks about some days reads few blocks.
 */
export interface ContactStageTables {
  reviewed_contacts: {
    source: string
    interaction_id: string
    started_at: Date
    label_review_id: string | null
    label_failed: number | null
    label_adjudicated: number | null
    label_critical: number | null
    defect: string | null
    severity: string | null
    qa_score: number | null
    random_completed: number
    critical_found: number
    failure_found: number
    open_since: Date | null
    drawn: number
    due: number | null
    on_time: number | null
    judge_failed: number | null
  }
  escalated_contacts: {
    source: string
    interaction_id: string
    started_at: Date
    unexpected: number
    unknown: number
    failed_handoff: number
  }
  surveyed_contacts: {
    source: string
    interaction_id: string
    started_at: Date
    scale: CsatScale
    score: number | null
    is_satisfied: boolean | null
    is_bad: boolean | null
  }
  /** With the next contact about the same issue, within 7 days. */
  followed_contacts: {
    source: string
    interaction_id: string
    started_at: Date
    next_interaction_id: string
    gap_seconds: number
  }
  /** Chains of more than one contact. */
  repeat_chains: {
    source: string
    interaction_id: string
    started_at: Date
    chain_head_source: string
    chain_head_id: string
    chain_length: number
    chain_finished_at: Date
  }
  recovering_contacts: { source: string; interaction_id: string; started_at: Date }
}

/** Additive counts. Grain: day x type x channel x handled_by x tier x ai_version x csat scale. */
export interface DailyCountsTable {
  contact_date: string
  contact_month: string
  interaction_type: string
  channel: string
  handled_by: string
  customer_tier: string
  ai_version: string
  csat_scale: CsatScale | 'none'
  contact_count: number
  random_reviewed_count: number
  error_count: number
  /** Errors whose label says how severe they are. */
  error_graded_count: number
  critical_defect_count: number
  qa_scored_count: number
  /** Scores are summed in hundredths (squares in ten-thousandths), so that sums are exact and the same in any order. */
  qa_score_centi_sum: number
  qa_score_centi_square_sum: number
  review_drawn_count: number
  review_completed_count: number
  review_due_count: number
  review_on_time_count: number
  judged_count: number
  judge_agreeing_count: number
  escalated_count: number
  unexpected_escalated_count: number
  unknown_escalated_count: number
  repeat_demand_count: number
  repeat_eligible_count: number
  mature_24h_count: number
  repeat_24h_count: number
  mature_48h_count: number
  repeat_48h_count: number
  csat_offered_count: number
  csat_answered_count: number
  csat_satisfied_count: number
  csat_score_centi_sum: number
  csat_score_centi_square_sum: number
  levelled_count: number
  creep_count: number
  mature_7d_count: number
  repeat_7d_count: number
  end_missing_count: number
  chain_count: number
  single_chain_count: number
  excluded_auto_reply_count: number
  excluded_spam_count: number
  excluded_abandoned_count: number
  excluded_agent_follow_up_count: number
  excluded_promised_callback_count: number
  excluded_duplicate_count: number
  excluded_thanks_count: number
  excluded_in_session_handoff_count: number
  excluded_outbound_count: number
  excluded_placeholder_time_count: number
  resolution_judged_count: number
  claimed_resolved_count: number
  contained_count: number
  confirmed_count: number
  durable_count: number
  claim_broken_count: number
  claim_given_count: number
  unresolved_count: number
  failed_handoff_count: number
  human_timed_count: number
  csat_bad_count: number
  vip_count: number
  distressed_count: number
  trust_recovery_count: number
  distressed_reviewed_count: number
  distressed_error_count: number
  trust_recovery_reviewed_count: number
  trust_recovery_error_count: number
  defect_hallucination_count: number
  defect_policy_misapplication_count: number
  defect_tone_mismatch_count: number
  defect_incomplete_resolution_count: number
  defect_other_count: number
  review_open_count: number
  human_centisecond_sum: number
}

/**
 * Grain: week (by its Monday) x type, contacts in which the AI took part. Defects by class are those of the random
 * sample. Sums of daily_counts.
 */
export interface WeeklyCountsTable {
  week_start: string
  interaction_type: string
  contact_count: number
  random_reviewed_count: number
  error_count: number
  defect_hallucination_count: number
  defect_policy_misapplication_count: number
  defect_tone_mismatch_count: number
  defect_incomplete_resolution_count: number
  defect_other_count: number
  escalated_count: number
  unexpected_escalated_count: number
  unknown_escalated_count: number
  claim_given_count: number
  unresolved_count: number
}

/** Grain: month x type x metric x cohort x scale. */
export interface MonthlyMetricsTable {
  contact_month: string
  interaction_type: string
  metric: MetricId
  cohort: Cohort
  scale: CsatScale | 'none'
  numerator: number
  denominator: number
  sum_of_squares: number | null
  /** Kish's effective number of reviews where the value is weighted by stratum, else null. */
  effective_size: number | null
  value: number | null
  lower: number | null
  upper: number | null
  is_final: boolean
  definition_version: number
}

/** Grain: month x type x AI version, AI-participated contacts only. */
interface MonthlyAiVersionsTable {
  contact_month: string
  interaction_type: string
  ai_version: string
  contact_count: number
}

/** Grain: one load. */
interface LoadsTable {
  load_id: string
  source: string
  started_at: Date
  finished_at: Date | null
  loaded_by: string
}

/** Grain: load x file. */
interface LoadFilesTable {
  load_id: string
  source_file: string
  sha256: string
  byte_count: number
}

/** Grain: load x entity. read = loaded + unchanged + superseded + quarantined, always. */
interface LoadCountsTable {
  load_id: string
  entity: string
  read_count: number
  loaded_count: number
  unchanged_count: number
  superseded_count: number
  quarantined_count: number
}

/** Grain: one refused row. The raw values stay in a 0600 file beside the warehouse. */
interface QuarantineTable {
  load_id: string
  entity: string
  rule: string
  field: string | null
  source_file: string
  source_row: number
  /** Physical line of a text file, 1-based; null elsewhere, and in snapshots of loads that did not look for it. */
  source_line: number | null
  message: string
}

/** One row: what this snapshot is. */
interface SnapshotInfoTable {
  snapshot_id: number
  created_at: Date
  reporting_time_zone: string
  /** Latest event time loaded from every source; null when empty. */
  loaded_through: Date | null
  /** Contacts that ended before this no longer change (loaded_through minus 7 days). */
  mature_through: Date | null
}

/** Rows of the facts that the running load replaced or removed, as they were; empty once the models are built. */
interface ReplacedFactsTable {
  entity: string
  source: string
  interaction_id: string
  /** Of interactions only. */
  customer_id: string | null
  started_at: Date | null
}

/** One row: what the models of this snapshot were built from. */
interface ModelBuildTable {
  /** Hash of the definitions, the levels in force and the reporting time zone. */
  foundation_sha256: string
  observed_through: Date
  loaded_through: Date
  /** How many rows each entity had. */
  fact_counts: string
}

export interface WarehouseSchema extends ContactStageTables {
  restatements: RestatementsTable
  load_runs: LoadRunsTable
  load_sources: LoadSourcesTable
  load_relations: LoadRelationsTable
  interactions: FactRow<typeof interaction> & Lineage
  escalations: FactRow<typeof escalation> & Lineage
  qa_reviews: FactRow<typeof qaReview> & Lineage
  csat_responses: FactRow<typeof csatResponse> & Lineage
  change_events: FactRow<typeof changeEvent> & Lineage
  sampling_frames: FactRow<typeof samplingFrame> & Lineage
  levels_in_force: LevelsInForceTable
  contacts: ContactsTable
  daily_counts: DailyCountsTable
  weekly_counts: WeeklyCountsTable
  monthly_metrics: MonthlyMetricsTable
  monthly_ai_versions: MonthlyAiVersionsTable
  loads: LoadsTable
  load_files: LoadFilesTable
  load_counts: LoadCountsTable
  quarantine: QuarantineTable
  snapshot_info: SnapshotInfoTable
  replaced_facts: ReplacedFactsTable
  model_build: ModelBuildTable
}

/** A number of a closed month that changed afterwards. One row per change of the whole month, type, metric and cohort. */
interface RestatementsTable {
  /** The load that brought the late rows; null when definitions or levels changed, or a customer was erased. */
  load_id: string | null
  restated_at: Date
  contact_month: string
  interaction_type: string
  metric: string
  cohort: string
  scale: string
  /** Null where the number was not there before, or is no longer. */
  numerator_before: number | null
  denominator_before: number | null
  value_before: number | null
  numerator_after: number | null
  denominator_after: number | null
  value_after: number | null
}

/** What a load was beyond its rows. Grain: load. */
interface LoadRunsTable {
  load_id: string
  /** The snapshot that it made. */
  snapshot_id: number
  /** Hash of the source's options and mappings and of the contract: the same files under it give the same rows. */
  settings_sha256: string
  /** The load of the same files whose rows were all still there, so that nothing had to be read again. */
  repeated_load_id: string | null
}

/** How far a load reaches in each source that it brought events of. Grain: load x source of the rows. */
interface LoadSourcesTable {
  load_id: string
  source: string
  /** Keeps delivering, so that maturity waits for it. */
  is_live: boolean
  /** Until where it is declared complete; null where the latest event says. */
  declared_through: Date | null
  last_event: Date
}

/** What a load read from PostgreSQL. Grain: load x relation. */
interface LoadRelationsTable {
  load_id: string
  relation: string
  /** postgresql://host/database#relation. */
  source_file: string
  row_count: number
  /** Null where the relation is read as a whole every time. */
  watermark_column: string | null
  /** The value from which on rows were read, as PostgreSQL prints it; null from the beginning. */
  read_from: string | null
  /** The highest value seen so far: the next load begins there, less the overlap. */
  watermark: string | null
}
