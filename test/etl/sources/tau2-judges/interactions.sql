-- The same conversation stands in every file of its domain. There are no times.
WITH judged AS (
  SELECT source_file, source_row, document FROM entries
  UNION ALL
  SELECT source_file, source_row, document FROM answers
)
SELECT
  source_file,
  source_row,
  'tau2-judges' AS source,
  document ->> '$.simulation_id' AS interaction_id,
  split_part(document ->> '$.label', '-', 2) AS interaction_type,
  'chat' AS channel,
  '2025-01-01T00:00:00Z' AS started_at,
  'ai' AS handled_by,
  true AS is_time_placeholder
FROM judged
