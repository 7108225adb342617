import type { OversightLevel } from '#models/warehouse/warehouse-schema.ts'
import type { Recommendation } from '../evaluate/evaluation.ts'
import type { RiskClass } from '../evaluate/risk-class.ts'
import type { RiskTier } from '../policy/policy.ts'
import type { TripWireMetric } from '../policy/trip-wires.ts'

/** UTC with milliseconds, YYYY-MM-DDTHH:MM:SS.sssZ: sorts as text and reads the same on every engine. */
type Instant = string
/** 0 or 1: SQLite has no boolean and the hash of a row must not depend on the engine. */
type Flag = 0 | 1
/** 64 lower-case hexadecimal digits. */
type Sha256 = string

export type ProposalAction = Recommendation
export type VoteChoice = 'approve' | 'reject' | 'abstain'
/** expiry and trip_wire: the program steps a type down, nobody signs. */
export type DecisionKind = 'cycle' | 'baseline' | 'stop' | 'expiry' | 'trip_wire'

/** Governed. Grain: one person. */
export interface UsersTable {
  user_id: string
  /** Lower case. */
  email: string
  name: string
  /** JSON array of roles, sorted. */
  roles: string
  /** argon2id, PHC string. */
  password_hash: string
  is_demonstration: Flag
  is_disabled: Flag
  created_at: Instant
}

/** Working data, not governed. Grain: one signed-in browser. Only the hash of the token is kept. */
interface SessionsTable {
  token_sha256: Sha256
  user_id: string
  created_at: Instant
  last_seen_at: Instant
  /** Absolute end, whatever happens. */
  expires_at: Instant
}

/** Working data, not governed. Grain: one e-mail address that was tried, whether it exists or not. */
interface SignInThrottlesTable {
  account_sha256: Sha256
  failed_count: number
  last_failed_at: Instant
  locked_until: Instant | null
}

/** Governed; only the revocation may be set, once. Grain: one token by which a program reads. */
export interface ApiTokensTable {
  token_id: string
  /** Of the whole token, prefix included: the token itself is kept nowhere. */
  token_sha256: Sha256
  /** Whose rights it carries; null: a machine's own. */
  holder_id: string | null
  name: string
  /** JSON array of scopes, sorted. */
  scopes: string
  created_at: Instant
  created_by: string
  expires_at: Instant
  revoked_at: Instant | null
  revoked_by: string | null
}

/** Working data, not governed. Grain: one token that was used. */
interface ApiTokenUsesTable {
  token_id: string
  last_used_at: Instant
}

/** Governed: the registry. Grain: one interaction type. */
export interface InteractionTypesTable {
  interaction_type: string
  area: string
  risk_tier: RiskTier
  ceiling: OversightLevel
  owner_id: string
  ai_does: string
  humans_do: string
  required_controls: string
  is_disclosure_attested: Flag
  registered_at: Instant
  registered_by: string
}

/** Governed, append-only. Grain: one version of what the registry states of a type beside its duties. */
export interface TypeFactsTable {
  interaction_type: string
  /** 1, 2, ... */
  version: number
  risk_class: RiskClass
  risk_class_reason: string
  has_legal_effect: Flag
  knowledge_sources: string
  /** "100 EUR" */
  money_limit: string | null
  recorded_by: string
  recorded_at: Instant
}

/** Governed, append-only. Grain: one published version. */
export interface PoliciesTable {
  policy_version: number
  /** Canonical JSON with decimals as strings. */
  content: string
  content_sha256: Sha256
  /** First evidence month it applies to, YYYY-MM. */
  effective_month: string
  published_at: Instant
  published_by: string
}

/** Governed, append-only. Grain: one draft of the policy that is to come next. */
export interface PolicyDraftsTable {
  draft_id: string
  policy_version: number
  /** Canonical JSON, as it would be published. */
  content: string
  content_sha256: Sha256
  reason: string
  /** Who may not approve it. */
  drafted_by: string
  drafted_at: Instant
}

/** Governed, append-only. Grain: draft x approver: the signature. */
interface PolicyApprovalsTable {
  draft_id: string
  approver_id: string
  approver_name: string
  content_sha256: Sha256
  meaning: string
  authentication: 'password'
  signed_at: Instant
}

/** Governed, append-only. Grain: one draft that was taken back before it was published. */
interface PolicyWithdrawalsTable {
  draft_id: string
  reason: string
  withdrawn_by: string
  withdrawn_at: Instant
}

/** Working data. Grain: one person who signs in with a password that somebody else chose. */
interface FirstPasswordsTable {
  user_id: string
  given_by: string
  given_at: Instant
}

/** Working data, not governed. Grain: one view of the overview that a person gave a name. */
export interface SavedViewsTable {
  view_id: string
  user_id: string
  /** Once per person. */
  name: string
  /** Search of the overview's address, without a question mark; without a month: the newest. */
  search: string
  saved_at: Instant
}

/** Governed; only the closing may change it. Grain: one month. */
export interface ReviewsTable {
  review_month: string
  reporting_time_zone: string
  policy_version: number
  state: 'open' | 'closed'
  opened_at: Instant
  opened_by: string
  due_at: Instant
  closed_at: Instant | null
  closed_by: string | null
}

/** Governed, append-only. Grain: month x type that has to end in a decision. */
interface ReviewTypesTable {
  review_month: string
  interaction_type: string
}

/** Governed, append-only. Grain: month x type x revision; the highest revision is the current evidence. */
export interface EvidenceTable {
  evidence_id: string
  review_month: string
  interaction_type: string
  revision: number
  /** Canonical JSON: counts, values, limits, verdicts, definition and policy versions. */
  content: string
  content_sha256: Sha256
  /** Canonical JSON: snapshot, watermarks, maker. A new snapshot alone does not make evidence stale. */
  provenance: string
  provenance_sha256: Sha256
  /** Canonical JSON: the sentences that were shown. */
  narrative: string
  frozen_at: Instant
  frozen_by: string
}

/** Governed, append-only. Grain: one proposal. */
export interface ProposalsTable {
  proposal_id: string
  review_month: string
  interaction_type: string
  action: ProposalAction
  recommendation: Recommendation
  is_override: Flag
  /** null while no level is in force (unregistered or without a baseline). */
  from_level: OversightLevel | null
  to_level: OversightLevel | null
  reason: string
  required_approval_count: number
  evidence_id: string
  /** Content hash of that evidence. */
  evidence_sha256: Sha256
  proposed_by: string
  proposed_at: Instant
}

/** Governed, append-only. Grain: proposal x metric: what steps the type down by itself, signed with the proposal. */
export interface TripWiresTable {
  trip_wire_id: string
  proposal_id: string
  metric: TripWireMetric
  /** Decimal text. */
  threshold: string
  /** Decimal text: the error limit that an e-value is counted against; null for other metrics. */
  against: string | null
}

/** Governed, append-only. Grain: one proposal that was taken back. */
interface ProposalWithdrawalsTable {
  proposal_id: string
  reason: string
  withdrawn_by: string
  withdrawn_at: Instant
}

/** Governed, append-only. Grain: proposal x person: the signature. */
export interface VotesTable {
  vote_id: string
  proposal_id: string
  voter_id: string
  /** As printed when signing; a later change of name does not rewrite history. */
  voter_name: string
  voter_role: string
  vote: VoteChoice
  reason: string
  /** What the signature means, in one sentence. */
  meaning: string
  /** Content hash of the evidence that the signer saw. */
  evidence_sha256: Sha256
  authentication: 'password'
  signed_at: Instant
  /** Zone in which the signer was shown the time. */
  time_zone: string
}

/** Governed, append-only. Grain: month x person x what was opened x type. */
interface ReviewOpeningsTable {
  review_month: string
  opener_id: string
  /** 'type': the page of the type. Else the SHA-256 that names a failed contact. */
  subject: string
  interaction_type: string
  opened_at: Instant
}

/** Governed, append-only. Grain: person x record; the highest sequence holds. */
interface TrainingsTable {
  user_id: string
  /** 1, 2, ... */
  sequence: number
  /** The last day, YYYY-MM-DD. */
  trained_until: string
  recorded_by: string
  recorded_at: Instant
}

/** Governed, append-only. Grain: one decision; one of kind cycle per month and type. */
export interface DecisionsTable {
  decision_id: string
  kind: DecisionKind
  review_month: string | null
  interaction_type: string
  proposal_id: string | null
  action: ProposalAction | 'baseline'
  from_level: OversightLevel | null
  to_level: OversightLevel | null
  reason: string
  meaning: string
  evidence_sha256: Sha256 | null
  policy_version: number
  decided_at: Instant
  /** The signer, or the last of them; 'system' where nobody signed. */
  decided_by: string
  signer_name: string
  signer_role: string
  effective_at: Instant
  /** Not renewed by then, the type steps down. */
  valid_until: Instant
  /** Of a stop: to be approved afterwards by then. */
  approval_due_at: Instant | null
}

/** Governed, append-only. Grain: one stop that an approver looked at afterwards. */
interface StopApprovalsTable {
  decision_id: string
  approver_id: string
  approver_name: string
  reason: string
  meaning: string
  approved_at: Instant
}

/** Governed; only the end may be set, once. Grain: type x half-open interval [effective_from, effective_to). */
interface LevelIntervalsTable {
  interval_id: string
  interaction_type: string
  oversight_level: OversightLevel
  effective_from: Instant
  effective_to: Instant | null
  decision_id: string
}

/** Append-only: the audit trail. Grain: one leaf of the tree. The other columns repeat the leaf, for reading. */
export interface AuditEventsTable {
  /** Gapless from 0. */
  seq: number
  event_id: string
  recorded_at: Instant
  actor_id: string
  actor_name: string
  actor_role: string
  action: string
  object_type: string
  object_id: string
  /** RFC 8785 JSON. */
  leaf: string
  /** SHA-256(0x00 || leaf). */
  leaf_sha256: Sha256
}

/** Append-only: hashes of the complete subtrees. Grain: height x position; height 0 are the leaf hashes. */
interface AuditNodesTable {
  height: number
  position: number
  sha256: Sha256
}

/** Append-only. Grain: one signed tree head. */
interface CheckpointsTable {
  tree_size: number
  root_sha256: Sha256
  /** C2SP signed note. */
  note: string
}

/** Working data, not governed. Grain: one message to one person or to the webhook, sent at most once when all goes well. */
export interface OutboxMessagesTable {
  message_id: string
  /** What the message is about: the same thing is put into the outbox once. */
  once_key: string
  channel: 'email' | 'webhook'
  /** The person it goes to, whose address is read when it is sent; null for the webhook. */
  recipient_id: string | null
  /** Subject of the mail, type of the webhook's event. */
  subject: string
  /** Plain text, or the JSON of the webhook. */
  body: string
  attachment_name: string | null
  attachment: string | null
  created_at: Instant
  attempt_count: number
  /** null: sent, or given up. */
  next_attempt_at: Instant | null
  sent_at: Instant | null
  last_problem: string | null
}

/** Append-only. Grain: what one outsider attested about one checkpoint. */
interface CheckpointAnchorsTable {
  tree_size: number
  anchor_sha256: Sha256
  kind: 'rfc3161'
  content_base64: string
  added_at: Instant
}

export interface LedgerSchema {
  users: UsersTable
  sessions: SessionsTable
  sign_in_throttles: SignInThrottlesTable
  api_tokens: ApiTokensTable
  api_token_uses: ApiTokenUsesTable
  interaction_types: InteractionTypesTable
  type_facts: TypeFactsTable
  policies: PoliciesTable
  policy_drafts: PolicyDraftsTable
  policy_approvals: PolicyApprovalsTable
  policy_withdrawals: PolicyWithdrawalsTable
  first_passwords: FirstPasswordsTable
  saved_views: SavedViewsTable
  reviews: ReviewsTable
  review_types: ReviewTypesTable
  evidence: EvidenceTable
  proposals: ProposalsTable
  trip_wires: TripWiresTable
  proposal_withdrawals: ProposalWithdrawalsTable
  votes: VotesTable
  review_openings: ReviewOpeningsTable
  trainings: TrainingsTable
  decisions: DecisionsTable
  stop_approvals: StopApprovalsTable
  level_intervals: LevelIntervalsTable
  audit_events: AuditEventsTable
  audit_nodes: AuditNodesTable
  checkpoints: CheckpointsTable
  outbox_messages: OutboxMessagesTable
  checkpoint_anchors: CheckpointAnchorsTable
}
