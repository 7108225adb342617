SELECT
  source_file,
  source_row,
  'helpdesk' AS source,
  id AS response_id,
  ticket_id AS interaction_id,
  asked_at AS offered_at,
  answered_at AS responded_at,
  'five_point' AS scale,
  stars AS score
FROM ratings
