-- The rating of the conversation and the rating of the AI are two surveys. created_at is when the rating was asked for.
WITH conversations AS (
  SELECT source_file, source_row, document FROM listed
  UNION ALL
  SELECT source_file, source_row, document FROM pages WHERE (document ->> '$.type') = 'conversation'
),
ratings AS (
  SELECT
    source_file,
    source_row,
    document ->> '$.id' AS interaction_id,
    'conversation' AS survey,
    unix_instant(document ->> '$.updated_at') AS updated_at,
    unix_instant(document ->> '$.conversation_rating.created_at') AS offered_at,
    unix_instant(document ->> '$.conversation_rating.updated_at') AS changed_at,
    document ->> '$.conversation_rating.rating' AS score
  FROM conversations
  WHERE (document ->> '$.conversation_rating.created_at') IS NOT NULL
  UNION ALL
  SELECT
    source_file,
    source_row,
    document ->> '$.id',
    'ai',
    unix_instant(document ->> '$.updated_at'),
    unix_instant(document ->> '$.ai_agent.created_at'),
    unix_instant(document ->> '$.ai_agent.updated_at'),
    document ->> '$.ai_agent.rating'
  FROM conversations
  WHERE (document ->> '$.ai_agent.rating') IS NOT NULL AND (document ->> '$.ai_agent.created_at') IS NOT NULL
  UNION ALL
  SELECT
    source_file,
    source_row,
    id,
    'conversation',
    updated_at,
    conversation_rating_created_at,
    NULL,
    conversation_rating_value
  FROM conversation_history
  WHERE lower(_fivetran_active) = 'true' AND conversation_rating_created_at IS NOT NULL
)
SELECT
  source_file,
  source_row,
  'intercom' AS source,
  interaction_id || ':' || survey AS response_id,
  -- A page of a later day brings the same conversation with its answer.
  updated_at,
  interaction_id,
  offered_at,
  CASE WHEN score IS NOT NULL THEN coalesce(changed_at, offered_at) END AS responded_at,
  'five_point' AS scale,
  score
FROM ratings
