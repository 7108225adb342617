-- The export tells that a conversation was handed over, not when: its last change stands in.
SELECT
  source_file,
  source_row,
  'ada' AS source,
  (document ->> '$._id') || ':esc' AS escalation_id,
  regexp_replace(coalesce(document ->> '$.record_last_updated', document ->> '$.date_updated'), '^([^Zz+]*:[0-9.]+)$', '\1Z') AS updated_at,
  document ->> '$._id' AS interaction_id,
  regexp_replace(document ->> '$.date_updated', '^([^Zz+]*:[0-9.]+)$', '\1Z') AS escalated_at,
  'other' AS reason
FROM conversations
WHERE (document ->> '$.is_escalated') = 'true'
