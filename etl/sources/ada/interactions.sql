-- One row per conversation. Times without an offset are UTC. A judge scores only a sample, a day later: unscored is
-- neither resolved nor unresolved.
WITH timed AS (
  SELECT
    *,
    regexp_replace(document ->> '$.date_created', '^([^Zz+]*:[0-9.]+)$', '\1Z') AS created_at,
    regexp_replace(document ->> '$.date_updated', '^([^Zz+]*:[0-9.]+)$', '\1Z') AS changed_at,
    -- A judge's word comes a day later and does not always move date_updated.
    regexp_replace(coalesce(document ->> '$.record_last_updated', document ->> '$.date_updated'), '^([^Zz+]*:[0-9.]+)$', '\1Z') AS updated_at
  FROM conversations
)
SELECT
  source_file,
  source_row,
  'ada' AS source,
  document ->> '$._id' AS interaction_id,
  updated_at,
  'inbound' AS direction,
  -- The customer opened the chat and said nothing.
  CASE WHEN (document ->> '$.is_engaged') = 'false' THEN 'abandoned' END AS exclusion,
  coalesce(document ->> '$.end_user_id', document ->> '$.chatter_id') AS customer_id,
  coalesce(
    document ->> '$.classifications[0].topic_name',
    document ->> '$.classifications[0].intents[0].intent_name',
    'untyped'
  ) AS interaction_type,
  CASE
    WHEN lower(document ->> '$.platform') IN ('web', 'chat', 'web_chat', 'ios', 'android', 'mobile') THEN 'chat'
    WHEN lower(document ->> '$.platform') IN ('email') THEN 'email'
    WHEN lower(document ->> '$.platform') IN ('voice', 'phone') THEN 'voice'
    WHEN lower(document ->> '$.platform') IN ('sms', 'whatsapp', 'messaging', 'zendesk_messaging') THEN 'messaging'
    WHEN lower(document ->> '$.platform') IN ('facebook', 'instagram', 'twitter') THEN 'social'
    ELSE 'other'
  END AS channel,
  created_at AS started_at,
  changed_at AS ended_at,
  'ai' AS handled_by,
  CASE (document ->> '$.automated_resolution_classification')
    WHEN 'Resolved' THEN 'assumed'
    WHEN 'Not Resolved' THEN 'unresolved'
    ELSE (document ->> '$.automated_resolution_classification')
  END AS claimed_resolution,
  document ->> '$.language' AS language,
  document ->> '$.agent_handle_time' AS human_seconds,
  (document ->> '$.is_test_user') = 'true' AS is_test
FROM timed
