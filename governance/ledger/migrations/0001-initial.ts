/**
 * Frozen: a published migration is never edited, a change is a new file. A test holds the hash of the text.
 *
 * What the database refuses by itself, whatever the program does: changing, removing or replacing rows of append-only
 * tables; one person being admin and approver; a proposer approving the same expansion or keep; the type owner
 * approving an expansion; two votes of one person; a vote on evidence that is not current; a cycle decision without
 * its approvals, against a rejection, or a second one; a level step of more than one; overlapping levels.
 */

const instant = "GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9].[0-9][0-9][0-9]Z'"
const month = "GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]'"
const levels = "('human_as_the_loop', 'human_in_the_loop', 'human_on_the_loop')"
const sha256 = (column: string) =>
  `${column} TEXT NOT NULL CHECK (length(${column}) = 64 AND ${column} NOT GLOB '*[^0-9a-f]*')`
const rank = (column: string) =>
  `CASE ${column} WHEN 'human_as_the_loop' THEN 1 WHEN 'human_in_the_loop' THEN 2 WHEN 'human_on_the_loop' THEN 3 END`

const tables = `
CREATE TABLE users (
  user_id TEXT NOT NULL PRIMARY KEY,
  email TEXT NOT NULL UNIQUE CHECK (email = lower(email)),
  name TEXT NOT NULL CHECK (name <> ''),
  roles TEXT NOT NULL CHECK (json_valid(roles) AND NOT (roles LIKE '%"admin"%' AND roles LIKE '%"approver"%')),
  password_hash TEXT NOT NULL CHECK (password_hash LIKE '$argon2id$%'),
  is_demonstration INTEGER NOT NULL CHECK (is_demonstration IN (0, 1)),
  is_disabled INTEGER NOT NULL CHECK (is_disabled IN (0, 1)),
  created_at TEXT NOT NULL CHECK (created_at ${instant})
) STRICT;

CREATE TABLE sessions (
  token_sha256 TEXT NOT NULL PRIMARY KEY,
  user_id TEXT NOT NULL REFERENCES users (user_id),
  created_at TEXT NOT NULL CHECK (created_at ${instant}),
  last_seen_at TEXT NOT NULL CHECK (last_seen_at ${instant}),
  expires_at TEXT NOT NULL CHECK (expires_at ${instant})
) STRICT;
CREATE INDEX sessions_of_user ON sessions (user_id);

CREATE TABLE sign_in_throttles (
  account_sha256 TEXT NOT NULL PRIMARY KEY,
  failed_count INTEGER NOT NULL CHECK (failed_count >= 0),
  last_failed_at TEXT NOT NULL CHECK (last_failed_at ${instant}),
  locked_until TEXT CHECK (locked_until ${instant})
) STRICT;

CREATE TABLE interaction_types (
  interaction_type TEXT NOT NULL PRIMARY KEY CHECK (interaction_type <> ''),
  area TEXT NOT NULL,
  risk_tier TEXT NOT NULL CHECK (risk_tier IN ('low', 'medium', 'high')),
  ceiling TEXT NOT NULL CHECK (ceiling IN ${levels}),
  owner_id TEXT NOT NULL REFERENCES users (user_id),
  ai_does TEXT NOT NULL,
  humans_do TEXT NOT NULL,
  required_controls TEXT NOT NULL,
  is_disclosure_attested INTEGER NOT NULL CHECK (is_disclosure_attested IN (0, 1)),
  registered_at TEXT NOT NULL CHECK (registered_at ${instant}),
  registered_by TEXT NOT NULL
) STRICT;

CREATE TABLE policies (
  policy_version INTEGER NOT NULL PRIMARY KEY CHECK (policy_version >= 1),
  content TEXT NOT NULL CHECK (json_valid(content)),
  ${sha256('content_sha256')},
  effective_month TEXT NOT NULL CHECK (effective_month ${month}),
  published_at TEXT NOT NULL CHECK (published_at ${instant}),
  published_by TEXT NOT NULL
) STRICT;

CREATE TABLE reviews (
  review_month TEXT NOT NULL PRIMARY KEY CHECK (review_month ${month}),
  reporting_time_zone TEXT NOT NULL,
  policy_version INTEGER NOT NULL REFERENCES policies (policy_version),
  state TEXT NOT NULL CHECK (state IN ('open', 'closed')),
  opened_at TEXT NOT NULL CHECK (opened_at ${instant}),
  opened_by TEXT NOT NULL,
  due_at TEXT NOT NULL CHECK (due_at ${instant}),
  closed_at TEXT CHECK (closed_at ${instant}),
  closed_by TEXT,
  CHECK ((state = 'closed') = (closed_at IS NOT NULL) AND (closed_at IS NULL) = (closed_by IS NULL))
) STRICT;

CREATE TABLE review_types (
  review_month TEXT NOT NULL REFERENCES reviews (review_month),
  interaction_type TEXT NOT NULL CHECK (interaction_type <> ''),
  PRIMARY KEY (review_month, interaction_type)
) STRICT;

CREATE TABLE evidence (
  evidence_id TEXT NOT NULL PRIMARY KEY,
  review_month TEXT NOT NULL,
  interaction_type TEXT NOT NULL,
  revision INTEGER NOT NULL CHECK (revision >= 1),
  content TEXT NOT NULL CHECK (json_valid(content)),
  ${sha256('content_sha256')},
  provenance TEXT NOT NULL CHECK (json_valid(provenance)),
  ${sha256('provenance_sha256')},
  narrative TEXT NOT NULL CHECK (json_valid(narrative)),
  frozen_at TEXT NOT NULL CHECK (frozen_at ${instant}),
  frozen_by TEXT NOT NULL,
  UNIQUE (review_month, interaction_type, revision),
  FOREIGN KEY (review_month, interaction_type) REFERENCES review_types (review_month, interaction_type)
) STRICT;

CREATE TABLE proposals (
  proposal_id TEXT NOT NULL PRIMARY KEY,
  review_month TEXT NOT NULL,
  interaction_type TEXT NOT NULL,
  action TEXT NOT NULL CHECK (action IN ('expand', 'keep', 'reduce')),
  recommendation TEXT NOT NULL CHECK (recommendation IN ('expand', 'keep', 'reduce')),
  is_override INTEGER NOT NULL CHECK (is_override = (action <> recommendation)),
  from_level TEXT CHECK (from_level IN ${levels}),
  to_level TEXT CHECK (to_level IN ${levels}),
  reason TEXT NOT NULL CHECK (is_override = 0 OR length(trim(reason)) > 0),
  required_approval_count INTEGER NOT NULL CHECK (required_approval_count >= 1),
  evidence_id TEXT NOT NULL REFERENCES evidence (evidence_id),
  ${sha256('evidence_sha256')},
  proposed_by TEXT NOT NULL REFERENCES users (user_id),
  proposed_at TEXT NOT NULL CHECK (proposed_at ${instant}),
  FOREIGN KEY (review_month, interaction_type) REFERENCES review_types (review_month, interaction_type),
  CHECK (CASE action
    WHEN 'expand' THEN from_level IS NOT NULL AND to_level IS NOT NULL AND ${rank('to_level')} = ${rank('from_level')} + 1
    WHEN 'reduce' THEN from_level IS NOT NULL AND to_level IS NOT NULL AND ${rank('to_level')} = ${rank('from_level')} - 1
    ELSE to_level IS from_level END)
) STRICT;
CREATE INDEX proposals_of_type ON proposals (review_month, interaction_type);

CREATE TABLE proposal_withdrawals (
  proposal_id TEXT NOT NULL PRIMARY KEY REFERENCES proposals (proposal_id),
  reason TEXT NOT NULL,
  withdrawn_by TEXT NOT NULL REFERENCES users (user_id),
  withdrawn_at TEXT NOT NULL CHECK (withdrawn_at ${instant})
) STRICT;

CREATE TABLE votes (
  vote_id TEXT NOT NULL PRIMARY KEY,
  proposal_id TEXT NOT NULL REFERENCES proposals (proposal_id),
  voter_id TEXT NOT NULL REFERENCES users (user_id),
  voter_name TEXT NOT NULL CHECK (voter_name <> ''),
  voter_role TEXT NOT NULL CHECK (voter_role <> ''),
  vote TEXT NOT NULL CHECK (vote IN ('approve', 'reject', 'abstain')),
  reason TEXT NOT NULL CHECK (vote = 'approve' OR length(trim(reason)) > 0),
  meaning TEXT NOT NULL CHECK (meaning <> ''),
  ${sha256('evidence_sha256')},
  authentication TEXT NOT NULL CHECK (authentication = 'password'),
  signed_at TEXT NOT NULL CHECK (signed_at ${instant}),
  time_zone TEXT NOT NULL CHECK (time_zone <> ''),
  UNIQUE (proposal_id, voter_id)
) STRICT;

CREATE TABLE decisions (
  decision_id TEXT NOT NULL PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('cycle', 'baseline', 'stop')),
  review_month TEXT,
  interaction_type TEXT NOT NULL CHECK (interaction_type <> ''),
  proposal_id TEXT UNIQUE REFERENCES proposals (proposal_id),
  action TEXT NOT NULL CHECK (action IN ('expand', 'keep', 'reduce', 'baseline')),
  from_level TEXT CHECK (from_level IN ${levels}),
  to_level TEXT CHECK (to_level IN ${levels}),
  reason TEXT NOT NULL,
  meaning TEXT NOT NULL CHECK (meaning <> ''),
  evidence_sha256 TEXT CHECK (length(evidence_sha256) = 64),
  policy_version INTEGER NOT NULL REFERENCES policies (policy_version),
  decided_at TEXT NOT NULL CHECK (decided_at ${instant}),
  decided_by TEXT NOT NULL REFERENCES users (user_id),
  signer_name TEXT NOT NULL CHECK (signer_name <> ''),
  signer_role TEXT NOT NULL CHECK (signer_role <> ''),
  effective_at TEXT NOT NULL CHECK (effective_at ${instant}),
  valid_until TEXT NOT NULL CHECK (valid_until ${instant} AND valid_until > effective_at),
  approval_due_at TEXT CHECK (approval_due_at ${instant}),
  FOREIGN KEY (review_month, interaction_type) REFERENCES review_types (review_month, interaction_type),
  CHECK ((kind = 'cycle') = (review_month IS NOT NULL)),
  CHECK ((kind = 'cycle') = (proposal_id IS NOT NULL)),
  CHECK ((kind = 'cycle') = (evidence_sha256 IS NOT NULL)),
  CHECK ((kind = 'stop') = (approval_due_at IS NOT NULL)),
  CHECK ((kind = 'baseline') = (action = 'baseline')),
  CHECK (kind <> 'stop' OR (action = 'reduce' AND length(trim(reason)) > 0)),
  CHECK (CASE action
    WHEN 'expand' THEN from_level IS NOT NULL AND to_level IS NOT NULL AND ${rank('to_level')} = ${rank('from_level')} + 1
    WHEN 'reduce' THEN from_level IS NOT NULL AND to_level IS NOT NULL AND ${rank('to_level')} = ${rank('from_level')} - 1
    WHEN 'baseline' THEN from_level IS NULL AND to_level IS NOT NULL
    ELSE to_level IS from_level END)
) STRICT;
CREATE UNIQUE INDEX one_cycle_decision ON decisions (review_month, interaction_type) WHERE kind = 'cycle';
CREATE UNIQUE INDEX one_baseline ON decisions (interaction_type) WHERE kind = 'baseline';
CREATE INDEX decisions_of_type ON decisions (interaction_type, decided_at);

CREATE TABLE stop_approvals (
  decision_id TEXT NOT NULL PRIMARY KEY REFERENCES decisions (decision_id),
  approver_id TEXT NOT NULL REFERENCES users (user_id),
  approver_name TEXT NOT NULL CHECK (approver_name <> ''),
  reason TEXT NOT NULL,
  meaning TEXT NOT NULL CHECK (meaning <> ''),
  approved_at TEXT NOT NULL CHECK (approved_at ${instant})
) STRICT;

CREATE TABLE level_intervals (
  interval_id TEXT NOT NULL PRIMARY KEY,
  interaction_type TEXT NOT NULL CHECK (interaction_type <> ''),
  oversight_level TEXT NOT NULL CHECK (oversight_level IN ${levels}),
  effective_from TEXT NOT NULL CHECK (effective_from ${instant}),
  effective_to TEXT CHECK (effective_to ${instant} AND effective_to > effective_from),
  decision_id TEXT NOT NULL UNIQUE REFERENCES decisions (decision_id)
) STRICT;
CREATE UNIQUE INDEX one_level_in_force ON level_intervals (interaction_type) WHERE effective_to IS NULL;

CREATE TABLE audit_events (
  seq INTEGER NOT NULL PRIMARY KEY CHECK (seq >= 0),
  event_id TEXT NOT NULL UNIQUE,
  recorded_at TEXT NOT NULL CHECK (recorded_at ${instant}),
  actor_id TEXT NOT NULL,
  actor_name TEXT NOT NULL,
  actor_role TEXT NOT NULL,
  action TEXT NOT NULL,
  object_type TEXT NOT NULL,
  object_id TEXT NOT NULL,
  leaf TEXT NOT NULL CHECK (length(CAST(leaf AS BLOB)) <= 65535),
  ${sha256('leaf_sha256')}
) STRICT;
CREATE INDEX audit_events_of_object ON audit_events (object_type, object_id);
CREATE INDEX audit_events_of_action ON audit_events (action);

CREATE TABLE audit_nodes (
  height INTEGER NOT NULL CHECK (height >= 0),
  position INTEGER NOT NULL CHECK (position >= 0),
  ${sha256('sha256')},
  PRIMARY KEY (height, position)
) STRICT;

CREATE TABLE checkpoints (
  tree_size INTEGER NOT NULL PRIMARY KEY CHECK (tree_size >= 1),
  ${sha256('root_sha256')},
  note TEXT NOT NULL
) STRICT;
`

const refuse = (name: string, when: string, table: string, condition: string, message: string) => `
CREATE TRIGGER ${name} BEFORE ${when} ON ${table} ${condition === '' ? '' : `WHEN ${condition} `}
BEGIN SELECT RAISE(ABORT, '${message}'); END;`

const exists = (table: string, keys: string) =>
  `EXISTS (SELECT 1 FROM ${table} t WHERE ${keys
    .split(' or ')
    .map(
      (key) =>
        `(${key
          .split(', ')
          .map((column) => `t.${column} = NEW.${column}`)
          .join(' AND ')})`,
    )
    .join(' OR ')})`

/** Every unique key of the table: INSERT OR REPLACE must find no row that it could take away. */
const appendOnly: Record<string, string> = {
  policies: 'policy_version',
  review_types: 'review_month, interaction_type',
  evidence: 'evidence_id or review_month, interaction_type, revision',
  proposals: 'proposal_id',
  proposal_withdrawals: 'proposal_id',
  votes: 'vote_id or proposal_id, voter_id',
  decisions: 'decision_id or proposal_id',
  stop_approvals: 'decision_id',
  audit_events: 'seq or event_id',
  audit_nodes: 'height, position',
  checkpoints: 'tree_size',
}

/** Governed rows that may change, but never vanish nor be replaced. */
const lasting: Record<string, string> = {
  users: 'user_id or email',
  interaction_types: 'interaction_type',
  reviews: 'review_month',
  level_intervals: 'interval_id or decision_id',
}

const guards = [
  ...Object.entries(appendOnly).flatMap(([table, keys]) => [
    refuse(`${table}_no_update`, 'UPDATE', table, '', `${table} is append-only: a row may not be changed`),
    refuse(`${table}_no_delete`, 'DELETE', table, '', `${table} is append-only: a row may not be removed`),
    refuse(`${table}_no_replace`, 'INSERT', table, exists(table, keys), `${table} holds this row already`),
  ]),
  ...Object.entries(lasting).flatMap(([table, keys]) => [
    refuse(`${table}_no_delete`, 'DELETE', table, '', `rows of ${table} may not be removed`),
    refuse(`${table}_no_replace`, 'INSERT', table, exists(table, keys), `${table} holds this row already`),
  ]),
  refuse(
    'users_identity',
    'UPDATE',
    'users',
    `NEW.user_id <> OLD.user_id OR NEW.created_at <> OLD.created_at OR NEW.is_demonstration <> OLD.is_demonstration
      OR EXISTS (SELECT 1 FROM users u WHERE u.email = NEW.email AND u.user_id <> OLD.user_id)`,
    'the identity of a user may not be changed, nor an address be taken twice',
  ),
  refuse(
    'interaction_types_identity',
    'UPDATE',
    'interaction_types',
    'NEW.interaction_type <> OLD.interaction_type OR NEW.registered_at <> OLD.registered_at OR NEW.registered_by <> OLD.registered_by',
    'the name of a registered type may not be changed',
  ),
  refuse(
    'reviews_only_close',
    'UPDATE',
    'reviews',
    `NOT (OLD.state = 'open' AND NEW.state = 'closed' AND NEW.review_month = OLD.review_month
      AND NEW.reporting_time_zone = OLD.reporting_time_zone AND NEW.policy_version = OLD.policy_version
      AND NEW.opened_at = OLD.opened_at AND NEW.opened_by = OLD.opened_by AND NEW.due_at = OLD.due_at)`,
    'an open review may only be closed',
  ),
  refuse(
    'reviews_close_when_decided',
    'UPDATE',
    'reviews',
    `NEW.state = 'closed' AND EXISTS (SELECT 1 FROM review_types t WHERE t.review_month = NEW.review_month AND NOT EXISTS (
      SELECT 1 FROM decisions d WHERE d.kind = 'cycle' AND d.review_month = t.review_month AND d.interaction_type = t.interaction_type))`,
    'a review closes when every type is decided',
  ),
  refuse(
    'level_intervals_only_end',
    'UPDATE',
    'level_intervals',
    `NOT (OLD.effective_to IS NULL AND NEW.effective_to IS NOT NULL AND NEW.interval_id = OLD.interval_id
      AND NEW.interaction_type = OLD.interaction_type AND NEW.oversight_level = OLD.oversight_level
      AND NEW.effective_from = OLD.effective_from AND NEW.decision_id = OLD.decision_id)`,
    'of a level interval only the end may be set, once',
  ),
  refuse(
    'level_intervals_follow_decision',
    'INSERT',
    'level_intervals',
    `NOT EXISTS (SELECT 1 FROM decisions d WHERE d.decision_id = NEW.decision_id AND d.interaction_type = NEW.interaction_type
      AND d.to_level = NEW.oversight_level AND d.effective_at = NEW.effective_from)`,
    'a level needs the decision that made it',
  ),
  refuse(
    'level_intervals_do_not_overlap',
    'INSERT',
    'level_intervals',
    `EXISTS (SELECT 1 FROM level_intervals i WHERE i.interaction_type = NEW.interaction_type
      AND (i.effective_to IS NULL OR i.effective_to > NEW.effective_from))`,
    'levels of one type may not overlap',
  ),
  refuse(
    'review_types_while_open',
    'INSERT',
    'review_types',
    `NOT EXISTS (SELECT 1 FROM reviews r WHERE r.review_month = NEW.review_month AND r.state = 'open')`,
    'types belong to an open review',
  ),
  refuse(
    'evidence_while_undecided',
    'INSERT',
    'evidence',
    `EXISTS (SELECT 1 FROM decisions d WHERE d.kind = 'cycle' AND d.review_month = NEW.review_month AND d.interaction_type = NEW.interaction_type)`,
    'this type is decided: its evidence stays as it was',
  ),
  refuse(
    'proposals_on_current_evidence',
    'INSERT',
    'proposals',
    `NOT EXISTS (SELECT 1 FROM evidence e WHERE e.evidence_id = NEW.evidence_id AND e.content_sha256 = NEW.evidence_sha256
      AND e.review_month = NEW.review_month AND e.interaction_type = NEW.interaction_type
      AND e.revision = (SELECT max(c.revision) FROM evidence c WHERE c.review_month = e.review_month AND c.interaction_type = e.interaction_type))`,
    'a proposal rests on the current evidence',
  ),
  refuse(
    'proposals_while_undecided',
    'INSERT',
    'proposals',
    `EXISTS (SELECT 1 FROM decisions d WHERE d.kind = 'cycle' AND d.review_month = NEW.review_month AND d.interaction_type = NEW.interaction_type)`,
    'this type is decided already',
  ),
  refuse(
    'votes_not_after_end',
    'INSERT',
    'votes',
    `EXISTS (SELECT 1 FROM decisions d WHERE d.proposal_id = NEW.proposal_id)
      OR EXISTS (SELECT 1 FROM proposal_withdrawals w WHERE w.proposal_id = NEW.proposal_id)
      OR EXISTS (SELECT 1 FROM proposals p JOIN decisions d ON d.kind = 'cycle' AND d.review_month = p.review_month
        AND d.interaction_type = p.interaction_type WHERE p.proposal_id = NEW.proposal_id)`,
    'this proposal is no longer open',
  ),
  refuse(
    'votes_on_current_evidence',
    'INSERT',
    'votes',
    `NOT EXISTS (SELECT 1 FROM proposals p JOIN evidence e ON e.evidence_id = p.evidence_id
      WHERE p.proposal_id = NEW.proposal_id AND p.evidence_sha256 = NEW.evidence_sha256
      AND e.revision = (SELECT max(c.revision) FROM evidence c WHERE c.review_month = e.review_month AND c.interaction_type = e.interaction_type))`,
    'the evidence changed since it was seen',
  ),
  refuse(
    'votes_by_entitled_person',
    'INSERT',
    'votes',
    `NOT EXISTS (SELECT 1 FROM users u JOIN proposals p ON p.proposal_id = NEW.proposal_id
      LEFT JOIN interaction_types t ON t.interaction_type = p.interaction_type
      WHERE u.user_id = NEW.voter_id AND u.is_disabled = 0
      AND (u.roles LIKE '%"approver"%' OR (p.action = 'reduce' AND t.owner_id = u.user_id)))`,
    'only approvers vote, and the type owner on a reduction',
  ),
  refuse(
    'votes_proposer_does_not_approve',
    'INSERT',
    'votes',
    `NEW.vote = 'approve' AND EXISTS (SELECT 1 FROM proposals p WHERE p.proposal_id = NEW.proposal_id
      AND p.action <> 'reduce' AND p.proposed_by = NEW.voter_id)`,
    'whoever proposed it may not approve it',
  ),
  refuse(
    'votes_owner_does_not_approve',
    'INSERT',
    'votes',
    `NEW.vote = 'approve' AND EXISTS (SELECT 1 FROM proposals p JOIN interaction_types t ON t.interaction_type = p.interaction_type
      WHERE p.proposal_id = NEW.proposal_id AND t.owner_id = NEW.voter_id
      AND (p.action = 'expand' OR (p.action = 'keep' AND p.is_override = 1)))`,
    'the owner of the type may not approve its expansion',
  ),
  refuse(
    'decisions_follow_votes',
    'INSERT',
    'decisions',
    `NEW.kind = 'cycle' AND NOT EXISTS (SELECT 1 FROM proposals p WHERE p.proposal_id = NEW.proposal_id
      AND p.review_month = NEW.review_month AND p.interaction_type = NEW.interaction_type AND p.action = NEW.action
      AND p.from_level IS NEW.from_level AND p.to_level IS NEW.to_level AND p.evidence_sha256 = NEW.evidence_sha256
      AND p.required_approval_count <= (SELECT count(*) FROM votes v WHERE v.proposal_id = p.proposal_id AND v.vote = 'approve'))`,
    'a decision needs its approvals',
  ),
  refuse(
    'decisions_once',
    'INSERT',
    'decisions',
    `EXISTS (SELECT 1 FROM decisions d WHERE d.interaction_type = NEW.interaction_type AND d.kind = NEW.kind
      AND (NEW.kind = 'baseline' OR (NEW.kind = 'cycle' AND d.review_month = NEW.review_month)))`,
    'this type is decided already',
  ),
  refuse(
    'decisions_respect_rejections',
    'INSERT',
    'decisions',
    `NEW.kind = 'cycle' AND EXISTS (SELECT 1 FROM proposals p JOIN votes v ON v.proposal_id = p.proposal_id AND v.vote = 'reject'
      WHERE p.proposal_id = NEW.proposal_id AND (p.action = 'expand' OR (p.action = 'keep' AND p.is_override = 1)))`,
    'a rejection blocks this decision',
  ),
  refuse(
    'decisions_start_from_level_in_force',
    'INSERT',
    'decisions',
    `NEW.from_level IS NOT (SELECT i.oversight_level FROM level_intervals i
      WHERE i.interaction_type = NEW.interaction_type AND i.effective_to IS NULL)`,
    'the level in force is another one by now',
  ),
  refuse(
    'decisions_respect_ceiling',
    'INSERT',
    'decisions',
    `NEW.action IN ('expand', 'baseline') AND NOT EXISTS (SELECT 1 FROM interaction_types t WHERE t.interaction_type = NEW.interaction_type
      AND ${rank('NEW.to_level')} <= ${rank('t.ceiling')})`,
    'the level would lie beyond the ceiling of a registered type',
  ),
  refuse(
    'decisions_owner_signs_no_baseline',
    'INSERT',
    'decisions',
    `NEW.kind = 'baseline' AND EXISTS (SELECT 1 FROM interaction_types t WHERE t.interaction_type = NEW.interaction_type
      AND t.owner_id = NEW.decided_by)`,
    'the owner of a type may not sign its level',
  ),
  refuse(
    'decisions_by_entitled_person',
    'INSERT',
    'decisions',
    `NOT EXISTS (SELECT 1 FROM users u LEFT JOIN interaction_types t ON t.interaction_type = NEW.interaction_type
      WHERE u.user_id = NEW.decided_by AND u.is_disabled = 0
      AND (u.roles LIKE '%"approver"%' OR (NEW.action = 'reduce' AND t.owner_id = u.user_id)))`,
    'only approvers decide, and the type owner on a reduction',
  ),
  refuse(
    'stop_approvals_of_stops',
    'INSERT',
    'stop_approvals',
    `NOT EXISTS (SELECT 1 FROM decisions d JOIN users u ON u.user_id = NEW.approver_id AND u.is_disabled = 0
      AND u.roles LIKE '%"approver"%' WHERE d.decision_id = NEW.decision_id AND d.kind = 'stop' AND d.decided_by <> NEW.approver_id)`,
    'a stop is approved afterwards by another approver',
  ),
]

export const initial = { name: '0001-initial', sql: `${tables}${guards.join('\n')}\n` }
