-- Values arrive as PostgreSQL prints them: true as t, an array as {a,b}, jsonb as JSON text.
SELECT
  source_file,
  source_row,
  'helpdesk' AS source,
  id AS interaction_id,
  updated_at,
  requester AS customer_id,
  topic AS interaction_type,
  channel,
  opened_at AS started_at,
  closed_at AS ended_at,
  answered_by AS handled_by,
  confidence AS ai_confidence,
  (details ->> '$.model') AS ai_version,
  list_filter(string_split(trim(tags, '{}'), ','), lambda tag: tag <> '') AS risk_topics,
  is_test
FROM tickets
