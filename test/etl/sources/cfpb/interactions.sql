-- The day is all that is known of the time.
SELECT
  source_file,
  source_row,
  'cfpb' AS source,
  "Complaint ID" AS interaction_id,
  Product AS interaction_type,
  CASE "Submitted via" WHEN 'Web' THEN 'web' WHEN 'Phone' THEN 'voice' WHEN 'Email' THEN 'email' ELSE 'other' END
    AS channel,
  "Date received" AS started_at,
  'human' AS handled_by
FROM complaints
