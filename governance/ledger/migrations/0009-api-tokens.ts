/**
 * Frozen. Tokens by which programs read: of a person or of a machine. A row lasts and may only be revoked, once; when it
 * was last used is working data.
 */
const instant = "GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9].[0-9][0-9][0-9]Z'"
const refuse = (name: string, when: string, condition: string, message: string) => `
CREATE TRIGGER ${name} BEFORE ${when} ON api_tokens ${condition === '' ? '' : `WHEN ${condition} `}
BEGIN SELECT RAISE(ABORT, '${message}'); END;`

export const apiTokens = {
  name: '0009-api-tokens',
  sql: `
CREATE TABLE api_tokens (
  token_id TEXT NOT NULL PRIMARY KEY,
  token_sha256 TEXT NOT NULL UNIQUE CHECK (length(token_sha256) = 64 AND token_sha256 NOT GLOB '*[^0-9a-f]*'),
  holder_id TEXT REFERENCES users (user_id),
  name TEXT NOT NULL CHECK (length(trim(name)) > 0),
  scopes TEXT NOT NULL CHECK (json_valid(scopes)),
  created_at TEXT NOT NULL CHECK (created_at ${instant}),
  created_by TEXT NOT NULL CHECK (created_by <> ''),
  expires_at TEXT NOT NULL CHECK (expires_at ${instant}),
  revoked_at TEXT CHECK (revoked_at IS NULL OR revoked_at ${instant}),
  revoked_by TEXT CHECK (revoked_by IS NULL OR revoked_by <> ''),
  CHECK (expires_at > created_at),
  CHECK ((revoked_at IS NULL) = (revoked_by IS NULL))
) STRICT;

CREATE INDEX api_tokens_of_holder ON api_tokens (holder_id);

CREATE TABLE api_token_uses (
  token_id TEXT NOT NULL PRIMARY KEY REFERENCES api_tokens (token_id),
  last_used_at TEXT NOT NULL CHECK (last_used_at ${instant})
) STRICT;
${refuse('api_tokens_no_delete', 'DELETE', '', 'rows of api_tokens may not be removed')}
${refuse(
  'api_tokens_no_replace',
  'INSERT',
  'EXISTS (SELECT 1 FROM api_tokens t WHERE t.token_id = NEW.token_id OR t.token_sha256 = NEW.token_sha256)',
  'api_tokens holds this row already',
)}
${refuse(
  'api_tokens_only_revoked',
  'UPDATE',
  `OLD.revoked_at IS NOT NULL OR NEW.revoked_at IS NULL OR NEW.token_id IS NOT OLD.token_id
    OR NEW.token_sha256 IS NOT OLD.token_sha256 OR NEW.holder_id IS NOT OLD.holder_id OR NEW.name IS NOT OLD.name
    OR NEW.scopes IS NOT OLD.scopes OR NEW.created_at IS NOT OLD.created_at OR NEW.created_by IS NOT OLD.created_by
    OR NEW.expires_at IS NOT OLD.expires_at`,
  'a token may only be revoked, once',
)}
`,
}
