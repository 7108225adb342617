-- A case lasts from its first event to its last.
SELECT
  source_file,
  min(source_row) AS source_row,
  'helpdesk' AS source,
  "Case ID" AS interaction_id,
  'ticket' AS interaction_type,
  'other' AS channel,
  min("Complete Timestamp") AS started_at,
  max("Complete Timestamp") AS ended_at,
  'human' AS handled_by
FROM events
GROUP BY source_file, "Case ID"
