-- 0 means no answer. Ten points are stretched onto five.
SELECT
  source_file,
  source_row,
  'call-center' AS source,
  id || ':csat' AS response_id,
  id AS interaction_id,
  call_timestamp AS offered_at,
  CASE WHEN nullif(csat_score, '0') IS NOT NULL THEN call_timestamp END AS responded_at,
  'five_point' AS scale,
  1 + (CAST(nullif(csat_score, '0') AS DOUBLE) - 1) * 4 / 9 AS score
FROM calls
