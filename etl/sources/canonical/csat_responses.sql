-- The columns of the contract as they are; what does not cast or breaks a rule goes to quarantine.
SELECT
  source_file,
  source_row,
  source,
  response_id,
  updated_at,
  is_deleted,
  interaction_id,
  offered_at,
  responded_at,
  scale,
  score
FROM csat_responses
