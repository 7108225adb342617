import { initial } from './0001-initial.ts'
import { newestEvidence } from './0002-newest-evidence.ts'

/**
 * Frozen. Decisions that nobody signs: an expiry and a trip-wire step a type down by themselves, actor `system`. The
 * table of decisions is made anew with two more kinds (no column changes, so no hash of a row does), and trip-wires
 * belong to the proposal under which they were signed.
 */

/** A statement of an earlier step, to make again what vanishes with the table. */
function earlier(kind: 'TABLE' | 'TRIGGER' | 'UNIQUE INDEX' | 'INDEX', name: string): string {
  const all = `${initial.sql}${newestEvidence.sql}`
  const start = all.indexOf(`CREATE ${kind} ${name} `)
  const end = kind === 'TRIGGER' ? 'END;' : ';\n'
  return `${all.slice(start, all.indexOf(end, start) + end.length).trim()}\n`
}

const table = earlier('TABLE', 'decisions')
  .replace('CREATE TABLE decisions (', 'CREATE TABLE decisions_of_every_kind (')
  .replace("('cycle', 'baseline', 'stop')", "('cycle', 'baseline', 'stop', 'expiry', 'trip_wire')")
  .replace('decided_by TEXT NOT NULL REFERENCES users (user_id)', "decided_by TEXT NOT NULL CHECK (decided_by <> '')")
  .replace(
    "CHECK ((kind = 'cycle') = (review_month IS NOT NULL))",
    `CHECK ((kind IN ('expiry', 'trip_wire')) = (decided_by = 'system')),
  CHECK (decided_by <> 'system' OR (action = 'reduce' AND length(trim(reason)) > 0)),
  CHECK ((kind = 'cycle') = (review_month IS NOT NULL))`,
  )

const triggers = [
  'decisions_no_update',
  'decisions_no_delete',
  'decisions_no_replace',
  'decisions_follow_votes',
  'decisions_once',
  'decisions_respect_rejections',
  'decisions_start_from_level_in_force',
  'decisions_respect_ceiling',
  'decisions_owner_signs_no_baseline',
  'decisions_expand_on_newest_evidence',
]

const entitled = earlier('TRIGGER', 'decisions_by_entitled_person').replace(
  'WHEN NOT EXISTS',
  "WHEN NEW.decided_by <> 'system' AND NOT EXISTS",
)

const tripWires = `
CREATE TABLE trip_wires (
  trip_wire_id TEXT NOT NULL PRIMARY KEY,
  proposal_id TEXT NOT NULL REFERENCES proposals (proposal_id),
  metric TEXT NOT NULL CHECK (metric IN ('ai_error_rate', 'harm_e_value', 'critical_defects', 'repeat_contact_rate_48h',
    'unexpected_escalation_rate', 'csat_satisfied_rate')),
  threshold TEXT NOT NULL CHECK (threshold <> ''),
  against TEXT CHECK ((metric = 'harm_e_value') = (against IS NOT NULL)),
  UNIQUE (proposal_id, metric)
) STRICT;
CREATE TRIGGER trip_wires_no_update BEFORE UPDATE ON trip_wires
BEGIN SELECT RAISE(ABORT, 'trip_wires is append-only: a row may not be changed'); END;
CREATE TRIGGER trip_wires_no_delete BEFORE DELETE ON trip_wires
BEGIN SELECT RAISE(ABORT, 'trip_wires is append-only: a row may not be removed'); END;
CREATE TRIGGER trip_wires_no_replace BEFORE INSERT ON trip_wires
WHEN EXISTS (SELECT 1 FROM trip_wires t WHERE t.trip_wire_id = NEW.trip_wire_id
  OR (t.proposal_id = NEW.proposal_id AND t.metric = NEW.metric))
BEGIN SELECT RAISE(ABORT, 'trip_wires holds this row already'); END;
CREATE TRIGGER trip_wires_before_votes BEFORE INSERT ON trip_wires
WHEN EXISTS (SELECT 1 FROM votes v WHERE v.proposal_id = NEW.proposal_id)
BEGIN SELECT RAISE(ABORT, 'trip-wires are agreed before anybody signs'); END;
`
const expireWhenDue = (tie: string) => `CREATE TRIGGER decisions_expire_when_due BEFORE INSERT ON decisions
WHEN NEW.kind = 'expiry' AND NEW.decided_at < (SELECT d.valid_until FROM decisions d
  WHERE d.interaction_type = NEW.interaction_type ORDER BY d.decided_at DESC, ${tie} DESC LIMIT 1)
BEGIN SELECT RAISE(ABORT, 'the newest decision has not expired'); END;
`
const agreed = `CREATE TRIGGER decisions_of_agreed_trip_wires BEFORE INSERT ON decisions
WHEN NEW.kind = 'trip_wire' AND NOT EXISTS (SELECT 1 FROM trip_wires w JOIN decisions d ON d.proposal_id = w.proposal_id
  WHERE d.interaction_type = NEW.interaction_type)
BEGIN SELECT RAISE(ABORT, 'no trip-wire was agreed for this type'); END;
`

/** SQLite changes no constraint of a table that is there; PostgreSQL does, and has no number of the row to go by. */
const inPostgres = `
ALTER TABLE decisions DROP CONSTRAINT decisions_kind_check, DROP CONSTRAINT decisions_decided_by_fkey,
  ADD CONSTRAINT decisions_kind_check CHECK (kind IN ('cycle', 'baseline', 'stop', 'expiry', 'trip_wire')),
  ADD CONSTRAINT decisions_decided_by_check CHECK (decided_by <> ''),
  ADD CONSTRAINT decisions_system_check CHECK ((kind IN ('expiry', 'trip_wire')) = (decided_by = 'system')),
  ADD CONSTRAINT decisions_system_reduces_check
    CHECK (decided_by <> 'system' OR (action = 'reduce' AND length(trim(reason)) > 0));
${entitled}`
const newestEvent =
  "(SELECT max(e.seq) FROM audit_events e WHERE e.object_type = 'decision' AND e.object_id = d.decision_id)"

export const systemDecisions = {
  name: '0003-system-decisions',
  sql: `${tripWires}
PRAGMA legacy_alter_table = ON;
${table}
INSERT INTO decisions_of_every_kind SELECT * FROM decisions ORDER BY rowid;
DROP TABLE decisions;
ALTER TABLE decisions_of_every_kind RENAME TO decisions;
PRAGMA legacy_alter_table = OFF;
${earlier('UNIQUE INDEX', 'one_cycle_decision')}${earlier('UNIQUE INDEX', 'one_baseline')}${earlier('INDEX', 'decisions_of_type')}
${triggers.map((name) => earlier('TRIGGER', name)).join('')}${entitled}
${expireWhenDue('d.rowid')}${agreed}`,
  postgres: `${tripWires}${inPostgres}${expireWhenDue(newestEvent)}${agreed}`,
}
