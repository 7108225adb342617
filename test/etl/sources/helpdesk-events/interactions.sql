-- Every event by itself, to count activities: events as rows, cases as customers.
SELECT
  source_file,
  source_row,
  'helpdesk-events' AS source,
  CAST(source_row AS VARCHAR) AS interaction_id,
  "Case ID" AS customer_id,
  Activity AS interaction_type,
  'other' AS channel,
  "Complete Timestamp" AS started_at,
  'human' AS handled_by
FROM events
