/** Frozen. Views of the overview under a name of one's own: a person's working data, renamed and removed at will. */
const instant = "GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9].[0-9][0-9][0-9]Z'"

export const savedViews = {
  name: '0010-saved-views',
  sql: `
CREATE TABLE saved_views (
  view_id TEXT NOT NULL PRIMARY KEY,
  user_id TEXT NOT NULL REFERENCES users (user_id),
  name TEXT NOT NULL CHECK (length(trim(name)) > 0),
  search TEXT NOT NULL,
  saved_at TEXT NOT NULL CHECK (saved_at ${instant}),
  UNIQUE (user_id, name)
) STRICT;
`,
}
