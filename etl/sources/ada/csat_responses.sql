-- The object has no documented type: a number is taken for five points and refused outside of 1 to 5.
SELECT
  source_file,
  source_row,
  'ada' AS source,
  (document ->> '$._id') || ':csat' AS response_id,
  regexp_replace(coalesce(document ->> '$.record_last_updated', document ->> '$.date_updated'), '^([^Zz+]*:[0-9.]+)$', '\1Z') AS updated_at,
  document ->> '$._id' AS interaction_id,
  regexp_replace(document ->> '$.date_updated', '^([^Zz+]*:[0-9.]+)$', '\1Z') AS offered_at,
  CASE WHEN (document ->> '$.csat.score') IS NOT NULL
    THEN regexp_replace(document ->> '$.date_updated', '^([^Zz+]*:[0-9.]+)$', '\1Z') END AS responded_at,
  'five_point' AS scale,
  document ->> '$.csat.score' AS score
FROM conversations
WHERE json_type(document, '$.csat') = 'OBJECT'
