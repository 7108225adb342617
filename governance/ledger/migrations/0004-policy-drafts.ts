/**
 * Frozen. A policy after the first comes from a draft that others than its author approved: as many as the policy in
 * force asks to expand. It takes effect later than the month in which it is published, never before.
 */
const instant = "GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9].[0-9][0-9][0-9]Z'"
const refuse = (name: string, when: string, table: string, condition: string, message: string) => `
CREATE TRIGGER ${name} BEFORE ${when} ON ${table} ${condition === '' ? '' : `WHEN ${condition} `}
BEGIN SELECT RAISE(ABORT, '${message}'); END;`
const appendOnly = (table: string, isThere: string) =>
  refuse(`${table}_no_update`, 'UPDATE', table, '', `${table} is append-only: a row may not be changed`) +
  refuse(`${table}_no_delete`, 'DELETE', table, '', `${table} is append-only: a row may not be removed`) +
  refuse(
    `${table}_no_replace`,
    'INSERT',
    table,
    `EXISTS (SELECT 1 FROM ${table} t WHERE ${isThere})`,
    `${table} holds this row already`,
  )

export const policyDrafts = {
  name: '0004-policy-drafts',
  sql: `
CREATE TABLE policy_drafts (
  draft_id TEXT NOT NULL PRIMARY KEY,
  policy_version INTEGER NOT NULL CHECK (policy_version >= 2),
  content TEXT NOT NULL CHECK (json_valid(content)),
  content_sha256 TEXT NOT NULL CHECK (length(content_sha256) = 64 AND content_sha256 NOT GLOB '*[^0-9a-f]*'),
  reason TEXT NOT NULL CHECK (length(trim(reason)) > 0),
  drafted_by TEXT NOT NULL REFERENCES users (user_id),
  drafted_at TEXT NOT NULL CHECK (drafted_at ${instant})
) STRICT;

CREATE TABLE policy_approvals (
  draft_id TEXT NOT NULL REFERENCES policy_drafts (draft_id),
  approver_id TEXT NOT NULL REFERENCES users (user_id),
  approver_name TEXT NOT NULL CHECK (approver_name <> ''),
  content_sha256 TEXT NOT NULL CHECK (length(content_sha256) = 64),
  meaning TEXT NOT NULL CHECK (meaning <> ''),
  authentication TEXT NOT NULL CHECK (authentication = 'password'),
  signed_at TEXT NOT NULL CHECK (signed_at ${instant}),
  PRIMARY KEY (draft_id, approver_id)
) STRICT;
${appendOnly('policy_drafts', 't.draft_id = NEW.draft_id')}
${appendOnly('policy_approvals', 't.draft_id = NEW.draft_id AND t.approver_id = NEW.approver_id')}
${refuse(
  'policy_approvals_not_by_author',
  'INSERT',
  'policy_approvals',
  'EXISTS (SELECT 1 FROM policy_drafts d WHERE d.draft_id = NEW.draft_id AND d.drafted_by = NEW.approver_id)',
  'the author of a policy may not approve it',
)}
${refuse(
  'policy_approvals_by_approver',
  'INSERT',
  'policy_approvals',
  `NOT EXISTS (SELECT 1 FROM users u JOIN policy_drafts d ON d.draft_id = NEW.draft_id AND d.content_sha256 = NEW.content_sha256
    WHERE u.user_id = NEW.approver_id AND u.is_disabled = 0 AND u.roles LIKE '%"approver"%')`,
  'only approvers approve a policy, and only the one they saw',
)}
${refuse(
  'policies_follow_approvals',
  'INSERT',
  'policies',
  `EXISTS (SELECT 1 FROM policies) AND NOT EXISTS (SELECT 1 FROM policy_drafts d WHERE d.policy_version = NEW.policy_version
    AND d.content_sha256 = NEW.content_sha256 AND d.content = NEW.content
    AND (SELECT count(*) FROM policy_approvals a WHERE a.draft_id = d.draft_id) >=
      (SELECT json_extract(p.content, '$.quorum.expand') FROM policies p ORDER BY p.policy_version DESC LIMIT 1))`,
  'a policy needs its approvals',
)}
${refuse(
  'policies_not_retroactive',
  'INSERT',
  'policies',
  `EXISTS (SELECT 1 FROM policies) AND (NEW.effective_month <= substr(NEW.published_at, 1, 7)
    OR NEW.policy_version <> (SELECT max(p.policy_version) + 1 FROM policies p)
    OR NEW.effective_month < (SELECT max(p.effective_month) FROM policies p))`,
  'a policy takes effect after the month in which it is published, in the order of its version',
)}
`,
}
