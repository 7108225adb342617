/**
 * Frozen. What is to be sent to people and machines, and what others attested about checkpoints (RFC 3161 timestamps).
 * Messages are working data: they hold nothing that is not in the trail or computed from it, and are not governed.
 */
const instant = "GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9].[0-9][0-9][0-9]Z'"
const refuse = (name: string, when: string, table: string, condition: string, message: string) => `
CREATE TRIGGER ${name} BEFORE ${when} ON ${table} ${condition === '' ? '' : `WHEN ${condition} `}
BEGIN SELECT RAISE(ABORT, '${message}'); END;`

export const outboxAndAnchors = {
  name: '0006-outbox-and-anchors',
  sql: `
CREATE TABLE outbox_messages (
  message_id TEXT NOT NULL PRIMARY KEY,
  once_key TEXT NOT NULL UNIQUE,
  channel TEXT NOT NULL CHECK (channel IN ('email', 'webhook')),
  recipient_id TEXT REFERENCES users (user_id),
  subject TEXT NOT NULL,
  body TEXT NOT NULL,
  attachment_name TEXT,
  attachment TEXT,
  created_at TEXT NOT NULL CHECK (created_at ${instant}),
  attempt_count INTEGER NOT NULL CHECK (attempt_count >= 0),
  next_attempt_at TEXT CHECK (next_attempt_at IS NULL OR next_attempt_at ${instant}),
  sent_at TEXT CHECK (sent_at IS NULL OR sent_at ${instant}),
  last_problem TEXT,
  CHECK ((channel = 'email') = (recipient_id IS NOT NULL)),
  CHECK ((attachment_name IS NULL) = (attachment IS NULL)),
  CHECK (sent_at IS NULL OR next_attempt_at IS NULL)
) STRICT;

CREATE TABLE checkpoint_anchors (
  tree_size INTEGER NOT NULL REFERENCES checkpoints (tree_size),
  anchor_sha256 TEXT NOT NULL CHECK (length(anchor_sha256) = 64 AND anchor_sha256 NOT GLOB '*[^0-9a-f]*'),
  kind TEXT NOT NULL CHECK (kind = 'rfc3161'),
  content_base64 TEXT NOT NULL,
  added_at TEXT NOT NULL CHECK (added_at ${instant}),
  PRIMARY KEY (tree_size, anchor_sha256)
) STRICT;
${refuse('checkpoint_anchors_no_update', 'UPDATE', 'checkpoint_anchors', '', 'checkpoint_anchors is append-only: a row may not be changed')}
${refuse('checkpoint_anchors_no_delete', 'DELETE', 'checkpoint_anchors', '', 'checkpoint_anchors is append-only: a row may not be removed')}
${refuse(
  'checkpoint_anchors_no_replace',
  'INSERT',
  'checkpoint_anchors',
  'EXISTS (SELECT 1 FROM checkpoint_anchors t WHERE t.tree_size = NEW.tree_size AND t.anchor_sha256 = NEW.anchor_sha256)',
  'checkpoint_anchors holds this row already',
)}
`,
}
