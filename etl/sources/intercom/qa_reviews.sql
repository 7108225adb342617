-- Scorecards and monitors. Both look at picked conversations, so neither estimates a rate. A scorecard counts as a
-- person's when a person answered any of its criteria; else a model graded alone. Where the AI took part, a scorecard
-- about a teammate grades the teammate and not what the AI wrote.
WITH conversations AS (
  SELECT source_file, source_row, document FROM listed
  UNION ALL
  SELECT source_file, source_row, document FROM pages WHERE (document ->> '$.type') = 'conversation'
),
cards AS (
  SELECT
    source_file,
    source_row,
    document ->> '$.id' AS interaction_id,
    unix_instant(document ->> '$.updated_at') AS updated_at,
    coalesce((document ->> '$.ai_agent_participated') = 'true', false) AS has_ai,
    unnest(CAST(document -> '$.scorecards[*]' AS JSON[])) AS card
  FROM conversations
),
monitors AS (
  SELECT
    source_file,
    source_row,
    document ->> '$.id' AS interaction_id,
    unix_instant(document ->> '$.updated_at') AS updated_at,
    unnest(CAST(document -> '$.monitor_evaluations[*]' AS JSON[])) AS monitor
  FROM conversations
),
reviews AS (
  SELECT
    source_file,
    source_row,
    interaction_id,
    updated_at,
    'scorecard:' || coalesce(card ->> '$.scorecard_version_id', card ->> '$.scorecard_id') AS reviewer_id,
    CASE WHEN list_contains(card ->> '$.evaluators[*].result.source', 'human') THEN 'human' ELSE 'judge' END
      AS reviewer_kind,
    unix_instant(card ->> '$.evaluated_at') AS reviewed_at,
    coalesce(card ->> '$.score', card ->> '$.ai_score') AS score,
    CASE (card ->> '$.passed') WHEN 'true' THEN 'pass' WHEN 'false' THEN 'fail' END AS outcome
  FROM cards
  WHERE (card ->> '$.evaluated_at') IS NOT NULL
    AND NOT (has_ai AND coalesce((card ->> '$.reviewed_teammate.type') = 'admin', false))
  UNION ALL
  SELECT
    source_file,
    source_row,
    interaction_id,
    updated_at,
    'monitor:' || (monitor ->> '$.monitor_id'),
    'judge',
    unix_instant(monitor ->> '$.evaluated_at'),
    NULL,
    CASE
      WHEN lower(monitor ->> '$.result') IN ('pass', 'passed') THEN 'pass'
      WHEN lower(monitor ->> '$.result') IN ('fail', 'failed', 'flagged') THEN 'fail'
    END
  FROM monitors
  WHERE (monitor ->> '$.evaluated_at') IS NOT NULL
)
SELECT
  source_file,
  source_row,
  'intercom' AS source,
  interaction_id || ':' || reviewer_id AS review_id,
  updated_at,
  interaction_id,
  reviewer_id,
  reviewer_kind,
  'targeted' AS sampling,
  reviewed_at AS sampled_at,
  reviewed_at,
  score,
  outcome
FROM reviews
