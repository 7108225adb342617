-- The day is the issue key, from its unambiguous twin, so that a test can compare the two.
SELECT
  source_file,
  source_row,
  'comcast' AS source,
  "Ticket #" AS interaction_id,
  'complaint:' || Status AS interaction_type,
  CASE "Received Via" WHEN 'Customer Care Call' THEN 'voice' WHEN 'Internet' THEN 'web' ELSE "Received Via" END AS channel,
  received AS started_at,
  Date_month_year AS issue_key,
  'human' AS handled_by
FROM complaints
