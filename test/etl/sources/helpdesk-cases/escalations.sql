-- The log repeats events exactly; equal ones have one key, so they count once.
SELECT
  source_file,
  source_row,
  'helpdesk' AS source,
  "Case ID" || ':' || "Complete Timestamp" AS escalation_id,
  "Case ID" AS interaction_id,
  "Complete Timestamp" AS escalated_at,
  'other' AS reason
FROM events
WHERE Activity = 'Require upgrade'
