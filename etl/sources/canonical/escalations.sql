-- The columns of the contract as they are; what does not cast or breaks a rule goes to quarantine.
SELECT
  source_file,
  source_row,
  source,
  escalation_id,
  updated_at,
  is_deleted,
  interaction_id,
  escalated_at,
  reason,
  expected,
  to_team,
  has_summary,
  has_draft
FROM escalations
