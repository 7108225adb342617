-- One row per conversation, from the API's JSON or from the connector's tables. The tables have no word about the AI:
-- conversations known only from them count as human.
WITH conversations AS (
  SELECT source_file, source_row, document FROM listed
  UNION ALL
  SELECT source_file, source_row, document FROM pages WHERE (document ->> '$.type') = 'conversation'
),
from_api AS (
  SELECT
    source_file,
    source_row,
    document ->> '$.id' AS interaction_id,
    unix_instant(document ->> '$.updated_at') AS updated_at,
    document ->> '$.contacts.contacts[0].id' AS customer_id,
    document ->> '$.source.delivered_as' AS delivered_as,
    coalesce(document ->> '$.channel.initial', document ->> '$.source.type') AS medium,
    coalesce(document ->> '$.topics.topics[0].name', document ->> '$.tags.tags[0].name') AS topic,
    unix_instant(document ->> '$.created_at') AS started_at,
    unix_instant(document ->> '$.statistics.last_close_at') AS ended_at,
    coalesce(
      (document ->> '$.ai_agent_participated') = 'true'
        OR list_contains(
          (document ->> '$.conversation_parts.conversation_parts[*].author.from_ai_agent'), 'true'
        ),
      false
    ) AS has_ai,
    document ->> '$.ai_agent.resolution_state' AS resolution_state,
    CAST((document ->> '$.statistics.count_reopens') AS DOUBLE) > 0 AS reopened,
    coalesce(document ->> '$.statistics.adjusted_handling_time', document ->> '$.statistics.handling_time')
      AS human_seconds,
    coalesce((document ->> '$.ai_agent.source_type') IN ('workflow_preview', 'fin_preview'), false) AS is_test
  FROM conversations
),
first_contacts AS (
  SELECT conversation_id, min(contact_id) AS contact_id
  FROM conversation_contact_history
  WHERE lower(_fivetran_active) = 'true'
  GROUP BY conversation_id
),
first_tags AS (
  SELECT conversation_id, min(name) AS name
  FROM conversation_tag_history
  JOIN tag ON tag.id = tag_id
  WHERE lower(_fivetran_active) = 'true' AND lower(coalesce(tag._fivetran_deleted, 'false')) = 'false'
  GROUP BY conversation_id
),
from_tables AS (
  -- The history has a row per version; only the active one is the conversation.
  SELECT
    source_file,
    source_row,
    id AS interaction_id,
    updated_at,
    contact_id AS customer_id,
    source_delivered_as AS delivered_as,
    source_type AS medium,
    name AS topic,
    created_at AS started_at,
    false AS has_ai,
    false AS is_test
  FROM conversation_history
  LEFT JOIN first_contacts ON first_contacts.conversation_id = id
  LEFT JOIN first_tags ON first_tags.conversation_id = id
  WHERE lower(_fivetran_active) = 'true'
),
either AS (
  FROM from_api
  UNION ALL BY NAME
  FROM from_tables
)
SELECT
  source_file,
  source_row,
  'intercom' AS source,
  interaction_id,
  updated_at,
  CASE WHEN delivered_as IN ('admin_initiated', 'campaigns_initiated', 'automated') THEN 'outbound' ELSE 'inbound' END
    AS direction,
  customer_id,
  coalesce(topic, 'untyped') AS interaction_type,
  CASE
    WHEN medium IN ('conversation', 'messenger', 'chat', 'push') THEN 'chat'
    WHEN medium = 'email' THEN 'email'
    WHEN medium IN ('phone_call', 'phone_switch', 'phone') THEN 'voice'
    WHEN medium IN ('whatsapp', 'sms', 'slack', 'discord') THEN 'messaging'
    WHEN medium IN ('facebook', 'instagram', 'twitter') THEN 'social'
    WHEN medium IN ('ticket', 'web') THEN 'web'
    ELSE 'other'
  END AS channel,
  started_at,
  ended_at,
  CASE WHEN has_ai THEN 'ai' ELSE 'human' END AS handled_by,
  -- Both sets of states, before 2.15 and since. None: no answer was delivered, which is not unresolved.
  CASE resolution_state
    WHEN 'confirmed_resolution' THEN 'confirmed'
    WHEN 'assumed_resolution' THEN 'assumed'
    WHEN 'abandoned' THEN 'abandoned'
    WHEN 'routed_to_team' THEN 'unresolved'
    WHEN 'escalated' THEN 'unresolved'
    WHEN 'negative_feedback' THEN 'unresolved'
    WHEN 'procedure_handoff' THEN 'unresolved'
    -- A state of a later version is refused, so that nobody counts it as something else.
    ELSE resolution_state
  END AS claimed_resolution,
  reopened,
  human_seconds,
  is_test
FROM either
