/**
 * Frozen. Who opened what before they voted, and until when people are trained to oversee. Nobody whose training has
 * expired approves anything but a reduction.
 */
const instant = "GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9].[0-9][0-9][0-9]Z'"
const day = "GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'"
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

export const openingsAndTrainings = {
  name: '0005-openings-and-trainings',
  sql: `
CREATE TABLE review_openings (
  review_month TEXT NOT NULL,
  opener_id TEXT NOT NULL REFERENCES users (user_id),
  subject TEXT NOT NULL CHECK (subject = 'type' OR (length(subject) = 64 AND subject NOT GLOB '*[^0-9a-f]*')),
  interaction_type TEXT NOT NULL,
  opened_at TEXT NOT NULL CHECK (opened_at ${instant}),
  PRIMARY KEY (review_month, opener_id, subject, interaction_type),
  FOREIGN KEY (review_month, interaction_type) REFERENCES review_types (review_month, interaction_type)
) STRICT;

CREATE TABLE trainings (
  user_id TEXT NOT NULL REFERENCES users (user_id),
  sequence INTEGER NOT NULL CHECK (sequence >= 1),
  trained_until TEXT NOT NULL CHECK (trained_until ${day}),
  recorded_by TEXT NOT NULL,
  recorded_at TEXT NOT NULL CHECK (recorded_at ${instant}),
  PRIMARY KEY (user_id, sequence)
) STRICT;
${appendOnly(
  'review_openings',
  `t.review_month = NEW.review_month AND t.opener_id = NEW.opener_id AND t.subject = NEW.subject
    AND t.interaction_type = NEW.interaction_type`,
)}
${appendOnly('trainings', 't.user_id = NEW.user_id AND t.sequence = NEW.sequence')}
${refuse(
  'votes_by_trained',
  'INSERT',
  'votes',
  `NEW.vote = 'approve' AND EXISTS (SELECT 1 FROM proposals p WHERE p.proposal_id = NEW.proposal_id AND p.action <> 'reduce')
    AND EXISTS (SELECT 1 FROM trainings t WHERE t.user_id = NEW.voter_id AND t.trained_until < substr(NEW.signed_at, 1, 10)
      AND NOT EXISTS (SELECT 1 FROM trainings n WHERE n.user_id = t.user_id AND n.sequence > t.sequence))`,
  'whose training has expired may not approve',
)}
`,
}
