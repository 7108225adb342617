-- One per conversation that the AI handed over, by its status; and one per ticket with the tag ai_agent whose group or
-- assignee was changed later, by its audits.
WITH ai AS (
  SELECT
    source_file,
    source_row,
    coalesce(
      document ->> '$.ticket_id',
      document ->> '$.external_ticket_id',
      'conversation:' || (document ->> '$.conversation_id')
    ) AS interaction_id,
    'conversation:' || (document ->> '$.conversation_id') AS conversation,
    document ->> '$.updated_at' AS updated_at,
    coalesce(document ->> '$.escalated_at', document ->> '$.ended_at', document ->> '$.started_at',
      (document ->> '$.created_at')) AS escalated_at,
    replace(replace(lower(trim(coalesce(document ->> '$.conversation_status', document ->> '$.status'))), '-', ' '), '_', ' ')
      AS status
  FROM ai_conversations
),
events AS (
  SELECT
    source_file,
    source_row,
    document ->> '$.ticket_id' AS ticket_id,
    document ->> '$.created_at' AS created_at,
    unnest(CAST(document -> '$.events[*]' AS JSON[])) AS event
  FROM audits
),
ai_tickets AS (
  SELECT DISTINCT (document ->> '$.id') AS ticket_id
  FROM tickets
  WHERE list_contains(document ->> '$.tags[*]', 'ai_agent')
),
first_changes AS (
  SELECT
    arg_min(source_file, created_at) AS source_file,
    arg_min(source_row, created_at) AS source_row,
    ticket_id,
    min(created_at) AS escalated_at
  FROM events
  WHERE (event ->> '$.type') = 'Change'
    AND (event ->> '$.field_name') IN ('group_id', 'assignee_id')
    AND (event ->> '$.previous_value') IS NOT NULL
    AND ticket_id IN (SELECT ticket_id FROM ai_tickets)
    AND ticket_id NOT IN (SELECT interaction_id FROM ai WHERE interaction_id IS NOT NULL)
  GROUP BY ticket_id
)
SELECT
  source_file,
  source_row,
  'zendesk' AS source,
  -- A ticket may have several conversations, each handed over.
  coalesce(conversation, interaction_id) || ':esc' AS escalation_id,
  coalesce(updated_at, escalated_at) AS updated_at,
  interaction_id,
  escalated_at,
  CASE status WHEN 'escalation failed' THEN 'failed_handoff' ELSE 'other' END AS reason
FROM ai
WHERE status IN (
  'agent escalation', 'custom escalation', 'email escalation', 'escalation failed', 'escalated', 'assisted escalation'
)
UNION ALL
SELECT source_file, source_row, 'zendesk', ticket_id || ':esc', escalated_at, ticket_id, escalated_at, 'other'
FROM first_changes
