-- One per conversation that the AI handed over: by its final state, or, where the state says nothing, because a person
-- wrote after the AI did.
WITH conversations AS (
  SELECT source_file, source_row, document FROM listed
  UNION ALL
  SELECT source_file, source_row, document FROM pages WHERE (document ->> '$.type') = 'conversation'
),
parts AS (
  SELECT
    source_file,
    source_row,
    unnest(CAST(document -> '$.conversation_parts.conversation_parts[*]' AS JSON[])) AS part
  FROM conversations
),
written AS (
  SELECT
    source_file,
    source_row,
    TRY_CAST((part ->> '$.created_at') AS DOUBLE) AS written_at,
    coalesce((part ->> '$.author.from_ai_agent') = 'true', false) AS is_ai,
    (part ->> '$.author.type') = 'admin' AND (part ->> '$.part_type') IN ('comment', 'assignment') AS is_person
  FROM parts
),
first_ai AS (
  SELECT source_file, source_row, min(written_at) AS ai_at FROM written WHERE is_ai GROUP BY source_file, source_row
),
first_person AS (
  SELECT source_file, source_row, min(written_at) AS person_at
  FROM written
  JOIN first_ai USING (source_file, source_row)
  WHERE is_person AND NOT is_ai AND written_at >= ai_at
  GROUP BY source_file, source_row
),
handed AS (
  SELECT conversations.*, person_at, (document ->> '$.ai_agent.resolution_state') AS state
  FROM conversations
  LEFT JOIN first_person USING (source_file, source_row)
)
SELECT
  source_file,
  source_row,
  'intercom' AS source,
  (document ->> '$.id') || ':esc' AS escalation_id,
  document ->> '$.id' AS interaction_id,
  unix_instant(document ->> '$.updated_at') AS updated_at,
  -- Without parts the first reply of a person, else the last change, is the nearest known time.
  unix_instant(coalesce(
    CAST(person_at AS VARCHAR), document ->> '$.statistics.first_admin_reply_at', document ->> '$.updated_at'
  )) AS escalated_at,
  'other' AS reason,
  -- A procedure is a written rule; of the others the export does not tell the reason.
  CASE state WHEN 'procedure_handoff' THEN true END AS expected
FROM handed
WHERE state IN ('escalated', 'routed_to_team', 'procedure_handoff')
  OR (coalesce(state, 'negative_feedback') = 'negative_feedback' AND person_at IS NOT NULL)
