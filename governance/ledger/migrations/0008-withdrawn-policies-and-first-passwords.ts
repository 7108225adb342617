/**
 * Frozen. A draft of a policy may be taken back before it is published, and takes no approvals afterwards. And whose
 * password somebody else chose: working data, gone when the person sets their own.
 */
const instant = "GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9].[0-9][0-9][0-9]Z'"
const refuse = (name: string, when: string, table: string, condition: string, message: string) => `
CREATE TRIGGER ${name} BEFORE ${when} ON ${table} ${condition === '' ? '' : `WHEN ${condition} `}
BEGIN SELECT RAISE(ABORT, '${message}'); END;`

export const withdrawnPoliciesAndFirstPasswords = {
  name: '0008-withdrawn-policies-and-first-passwords',
  sql: `
CREATE TABLE policy_withdrawals (
  draft_id TEXT NOT NULL PRIMARY KEY REFERENCES policy_drafts (draft_id),
  reason TEXT NOT NULL CHECK (length(trim(reason)) > 0),
  withdrawn_by TEXT NOT NULL REFERENCES users (user_id),
  withdrawn_at TEXT NOT NULL CHECK (withdrawn_at ${instant})
) STRICT;

CREATE TABLE first_passwords (
  user_id TEXT NOT NULL PRIMARY KEY REFERENCES users (user_id),
  given_by TEXT NOT NULL,
  given_at TEXT NOT NULL CHECK (given_at ${instant})
) STRICT;
${refuse(
  'policy_withdrawals_no_update',
  'UPDATE',
  'policy_withdrawals',
  '',
  'policy_withdrawals is append-only: a row may not be changed',
)}
${refuse(
  'policy_withdrawals_no_delete',
  'DELETE',
  'policy_withdrawals',
  '',
  'policy_withdrawals is append-only: a row may not be removed',
)}
${refuse(
  'policy_withdrawals_no_replace',
  'INSERT',
  'policy_withdrawals',
  'EXISTS (SELECT 1 FROM policy_withdrawals t WHERE t.draft_id = NEW.draft_id)',
  'policy_withdrawals holds this row already',
)}
${refuse(
  'policy_withdrawals_not_of_published',
  'INSERT',
  'policy_withdrawals',
  `EXISTS (SELECT 1 FROM policy_drafts d JOIN policies p ON p.policy_version = d.policy_version
    AND p.content_sha256 = d.content_sha256 WHERE d.draft_id = NEW.draft_id)`,
  'a published policy is never taken back: another version follows it',
)}
${refuse(
  'policy_approvals_not_of_withdrawn',
  'INSERT',
  'policy_approvals',
  'EXISTS (SELECT 1 FROM policy_withdrawals w WHERE w.draft_id = NEW.draft_id)',
  'a withdrawn draft takes no approvals',
)}
`,
}
