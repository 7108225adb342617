-- One row per ticket, newest version first told apart by the export's own stamp, and one per AI-agent conversation
-- without a ticket. Tickets have no field for the AI: it took part where a conversation of an AI agent names the ticket
-- or the ticket carries the tag ai_agent.
WITH tagged AS (
  SELECT
    *,
    document ->> '$.id' AS ticket_id,
    coalesce(document ->> '$.tags[*]', []) AS tags
  FROM tickets
),
solved AS (
  SELECT
    document ->> '$.ticket_id' AS ticket_id,
    max(document ->> '$.solved_at') AS solved_at,
    max(TRY_CAST((document ->> '$.reopens') AS DOUBLE)) AS reopens
  FROM metrics
  GROUP BY ticket_id
),
ai AS (
  SELECT
    source_file,
    source_row,
    document,
    coalesce(document ->> '$.ticket_id', document ->> '$.external_ticket_id') AS ticket_id,
    coalesce(document ->> '$.ended_at', document ->> '$.started_at', document ->> '$.created_at') AS latest_at,
    replace(replace(lower(trim(coalesce(document ->> '$.conversation_status', document ->> '$.status'))), '-', ' '), '_', ' ')
      AS status
  FROM ai_conversations
),
ai_of_tickets AS (
  -- The last conversation tells what became of the ticket, whatever the order of the files.
  SELECT ticket_id, arg_max(status, (latest_at, source_file, source_row)) AS status
  FROM ai
  WHERE ticket_id IS NOT NULL
  GROUP BY ticket_id
),
from_api AS (
  SELECT
    source_file,
    source_row,
    tagged.ticket_id AS interaction_id,
    -- A later page may bring an older ticket: the stamp of the export tells which version is newer.
    coalesce(unix_instant(document ->> '$.generated_timestamp'), document ->> '$.updated_at') AS updated_at,
    (document ->> '$.status') = 'deleted' AS is_deleted,
    CASE WHEN list_contains(tags, 'closed_by_merge') THEN 'duplicate' END AS exclusion,
    document ->> '$.requester_id' AS customer_id,
    coalesce(
      list_filter(tags, lambda tag: starts_with(tag, 'intent__'))[1][9:],
      nullif('form:' || (document ->> '$.ticket_form_id'), 'form:'),
      document ->> '$.type'
    ) AS topic,
    CASE WHEN (document ->> '$.from_messaging_channel') = 'true' THEN 'native_messaging'
      ELSE (document ->> '$.via.channel') END AS medium,
    document ->> '$.created_at' AS started_at,
    coalesce(document ->> '$.metric_set.solved_at', solved_at) AS ended_at,
    list_contains(tags, 'ai_agent') AS has_ai_tag,
    regexp_extract(list_filter(tags, lambda tag: regexp_full_match(tag, 'intent_confidence__(low|medium|high)'))[1], '__(.*)$', 1)
      AS ai_confidence_band,
    CASE list_filter(tags, lambda tag: starts_with(tag, 'sentiment__'))[1]
      WHEN 'sentiment__very_positive' THEN 1
      WHEN 'sentiment__positive' THEN 0.5
      WHEN 'sentiment__neutral' THEN 0
      WHEN 'sentiment__negative' THEN -0.5
      WHEN 'sentiment__very_negative' THEN -1
    END AS sentiment,
    list_filter(tags, lambda tag: starts_with(tag, 'language__'))[1][11:] AS language,
    coalesce(TRY_CAST((document ->> '$.metric_set.reopens') AS DOUBLE), reopens) > 0 AS reopened,
    nullif('problem:' || (document ->> '$.problem_id'), 'problem:') AS issue_key,
    document ->> '$.url' AS url
  FROM tagged
  LEFT JOIN solved ON solved.ticket_id = tagged.ticket_id
),
tags_of_tickets AS (
  SELECT ticket_id, list(tag ORDER BY tag) AS tags FROM ticket_tag GROUP BY ticket_id
),
from_tables AS (
  SELECT
    source_file,
    source_row,
    id AS interaction_id,
    updated_at,
    status = 'deleted' AS is_deleted,
    CASE WHEN list_contains(tags, 'closed_by_merge') THEN 'duplicate' END AS exclusion,
    requester_id AS customer_id,
    coalesce(list_filter(tags, lambda tag: starts_with(tag, 'intent__'))[1][9:], type) AS topic,
    via_channel AS medium,
    created_at AS started_at,
    list_contains(tags, 'ai_agent') AS has_ai_tag
  FROM ticket
  LEFT JOIN tags_of_tickets ON tags_of_tickets.ticket_id = id
),
from_ai AS (
  SELECT
    source_file,
    source_row,
    'conversation:' || (document ->> '$.conversation_id') AS interaction_id,
    coalesce(document ->> '$.updated_at', latest_at) AS updated_at,
    document ->> '$.end_user_id' AS customer_id,
    coalesce(document ->> '$.use_case', document ->> '$.intent') AS topic,
    coalesce(document ->> '$.channel', 'native_messaging') AS medium,
    coalesce(document ->> '$.started_at', document ->> '$.created_at') AS started_at,
    document ->> '$.ended_at' AS ended_at,
    true AS has_ai_tag,
    status AS own_status
  FROM ai
  WHERE ticket_id IS NULL
),
either AS (
  FROM from_api
  UNION ALL BY NAME
  FROM from_tables
  UNION ALL BY NAME
  FROM from_ai
),
judged AS (
  SELECT
    either.*,
    coalesce(own_status, ai_of_tickets.status) AS ai_status,
    coalesce(has_ai_tag, false) OR ai_of_tickets.ticket_id IS NOT NULL AS has_ai
  FROM either
  LEFT JOIN ai_of_tickets ON ai_of_tickets.ticket_id = interaction_id
)
SELECT
  source_file,
  source_row,
  'zendesk' AS source,
  interaction_id,
  updated_at,
  is_deleted,
  CASE medium WHEN 'phone_call_outbound' THEN 'outbound' ELSE 'inbound' END AS direction,
  exclusion,
  customer_id,
  coalesce(topic, 'untyped') AS interaction_type,
  CASE
    WHEN medium IN ('email', 'mail') THEN 'email'
    WHEN medium IN ('chat', 'answer_bot_for_web_widget') THEN 'chat'
    WHEN medium IN ('voice', 'phone', 'phone_call_inbound', 'phone_call_outbound', 'voicemail') THEN 'voice'
    WHEN medium IN ('native_messaging', 'messaging', 'whatsapp', 'sms', 'line', 'telegram', 'sunshine_conversations_api')
      THEN 'messaging'
    WHEN medium IN ('twitter', 'twitter_dm', 'facebook', 'instagram_dm', 'any_channel') THEN 'social'
    WHEN medium IN ('web', 'web_form', 'web_widget', 'help_center', 'mobile') THEN 'web'
    ELSE 'other'
  END AS channel,
  started_at,
  ended_at,
  CASE WHEN has_ai THEN 'ai' ELSE 'human' END AS handled_by,
  ai_confidence_band,
  sentiment,
  -- Three vocabularies: messaging agents, e-mail agents, and the one that replaced both in May 2026.
  CASE ai_status
    WHEN 'bot handled' THEN 'contained'
    WHEN 'ai agent handled' THEN 'contained'
    WHEN 'agent escalation' THEN 'unresolved'
    WHEN 'custom escalation' THEN 'unresolved'
    WHEN 'email escalation' THEN 'unresolved'
    WHEN 'escalation failed' THEN 'unresolved'
    WHEN 'no status' THEN NULL
    WHEN 'answered' THEN 'contained'
    WHEN 'escalated' THEN 'unresolved'
    WHEN 'not understood' THEN 'unresolved'
    WHEN 'recognized intent' THEN 'unresolved'
    WHEN 'processed' THEN 'unresolved'
    WHEN 'verified resolution' THEN 'confirmed'
    WHEN 'contained resolution' THEN 'contained'
    WHEN 'automated resolution' THEN 'contained'
    WHEN 'assisted escalation' THEN 'unresolved'
    WHEN 'unassisted' THEN NULL
    WHEN 'unassisted conversation' THEN NULL
    -- A word of a later vocabulary is refused, so that nobody counts it as something else.
    ELSE ai_status
  END AS claimed_resolution,
  reopened,
  issue_key,
  language,
  url
FROM judged
