-- In this dump 0 means that nobody answered. Left as it is, it would pull every mean down.
SELECT
  source_file,
  source_row,
  'survey' AS source,
  Ticket || ':csat' AS response_id,
  Ticket AS interaction_id,
  Sent AS offered_at,
  CASE WHEN nullif(Score, '0') IS NOT NULL THEN coalesce(Answered, Sent) END AS responded_at,
  'five_point' AS scale,
  nullif(Score, '0') AS score
FROM surveys
WHERE Sent IS NOT NULL
