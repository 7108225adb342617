/**
 * Frozen. What the registry states of a type beside its duties: risk class, legal effect, approved knowledge sources,
 * money limit. Every change is a new version. No decision raises a type over what its newest version allows, and none
 * is stated that the level in force goes beyond.
 */
const instant = "GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9].[0-9][0-9][0-9]Z'"
const refuse = (name: string, when: string, table: string, condition: string, message: string) => `
CREATE TRIGGER ${name} BEFORE ${when} ON ${table} ${condition === '' ? '' : `WHEN ${condition} `}
BEGIN SELECT RAISE(ABORT, '${message}'); END;`
const bars = (facts: string, level: string) => `((${level} = 'human_on_the_loop' AND ${facts}.has_legal_effect = 1)
      OR (${level} = 'human_on_the_loop' AND ${facts}.risk_class IN ('high', 'blocked'))
      OR (${level} = 'human_in_the_loop' AND ${facts}.risk_class = 'blocked'))`

export const typeFacts = {
  name: '0007-type-facts',
  sql: `
CREATE TABLE type_facts (
  interaction_type TEXT NOT NULL REFERENCES interaction_types (interaction_type),
  version INTEGER NOT NULL CHECK (version >= 1),
  risk_class TEXT NOT NULL CHECK (risk_class IN ('minimal', 'limited', 'high', 'blocked')),
  risk_class_reason TEXT NOT NULL CHECK (length(trim(risk_class_reason)) > 0),
  has_legal_effect INTEGER NOT NULL CHECK (has_legal_effect IN (0, 1)),
  knowledge_sources TEXT NOT NULL,
  money_limit TEXT CHECK (money_limit IS NULL OR money_limit GLOB '[0-9]* [A-Z][A-Z][A-Z]'),
  recorded_by TEXT NOT NULL CHECK (recorded_by <> ''),
  recorded_at TEXT NOT NULL CHECK (recorded_at ${instant}),
  PRIMARY KEY (interaction_type, version)
) STRICT;
${refuse('type_facts_no_update', 'UPDATE', 'type_facts', '', 'type_facts is append-only: a row may not be changed')}
${refuse('type_facts_no_delete', 'DELETE', 'type_facts', '', 'type_facts is append-only: a row may not be removed')}
${refuse(
  'type_facts_no_replace',
  'INSERT',
  'type_facts',
  'EXISTS (SELECT 1 FROM type_facts t WHERE t.interaction_type = NEW.interaction_type AND t.version = NEW.version)',
  'type_facts holds this row already',
)}
${refuse(
  'type_facts_respect_level',
  'INSERT',
  'type_facts',
  `EXISTS (SELECT 1 FROM level_intervals i WHERE i.interaction_type = NEW.interaction_type AND i.effective_to IS NULL
    AND ${bars('NEW', 'i.oversight_level')})`,
  'the level in force goes beyond what these facts allow',
)}
${refuse(
  'decisions_respect_facts',
  'INSERT',
  'decisions',
  `NEW.action IN ('expand', 'baseline') AND EXISTS (SELECT 1 FROM type_facts f WHERE f.interaction_type = NEW.interaction_type
    AND f.version = (SELECT max(n.version) FROM type_facts n WHERE n.interaction_type = NEW.interaction_type)
    AND ${bars('f', 'NEW.to_level')})`,
  'the risk class or the legal effect of this type forbids the level',
)}
`,
}
