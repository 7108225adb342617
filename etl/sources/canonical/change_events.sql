-- The columns of the contract as they are; what does not cast or breaks a rule goes to quarantine.
SELECT
  source_file,
  source_row,
  source,
  change_id,
  updated_at,
  is_deleted,
  changed_at,
  kind,
  interaction_type,
  summary
FROM change_events
