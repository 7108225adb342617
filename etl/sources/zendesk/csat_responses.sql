-- Both satisfaction systems; an account has only one of them active at a time. Legacy ratings are good or bad and come
-- on the ticket (an object, or in some exports only the score) or by themselves; survey responses are of five points.
WITH on_tickets AS (
  SELECT
    source_file,
    source_row,
    document ->> '$.id' AS ticket_id,
    document ->> '$.updated_at' AS ticket_updated_at,
    coalesce(document ->> '$.satisfaction_rating.score', document ->> '$.satisfaction_rating') AS score,
    document ->> '$.satisfaction_rating.created_at' AS offered_at,
    document ->> '$.satisfaction_rating.updated_at' AS answered_at
  FROM tickets
  WHERE NOT coalesce((document ->> '$.id') IN (SELECT (rating.document ->> '$.ticket_id') FROM satisfaction_ratings AS rating), false)
  UNION ALL
  SELECT
    source_file,
    source_row,
    document ->> '$.ticket_id',
    document ->> '$.updated_at',
    document ->> '$.score',
    document ->> '$.created_at',
    document ->> '$.updated_at'
  FROM satisfaction_ratings
  UNION ALL
  -- The tables keep every step of a rating; the last one counts, the first is when it was offered.
  SELECT
    arg_max(source_file, updated),
    arg_max(source_row, updated),
    ticket_id,
    max(updated),
    arg_max(value, updated),
    min(updated),
    max(updated)
  FROM ticket_field_history
  WHERE field_name = 'satisfaction_score' AND value IS NOT NULL
  GROUP BY ticket_id
),
legacy AS (
  SELECT
    source_file,
    source_row,
    ticket_id || ':legacy' AS response_id,
    ticket_id AS interaction_id,
    coalesce(answered_at, ticket_updated_at) AS updated_at,
    coalesce(offered_at, ticket_updated_at) AS offered_at,
    CASE WHEN score SIMILAR TO '(good|bad).*' THEN coalesce(answered_at, ticket_updated_at) END AS responded_at,
    'binary' AS scale,
    CASE
      WHEN score SIMILAR TO 'good(_with(out)?_comment)?' THEN '1'
      WHEN score SIMILAR TO 'bad(_with(out)?_comment)?' THEN '0'
      WHEN score IN ('offered', 'received') THEN NULL
      ELSE 'unknown score: ' || score
    END AS score
  FROM on_tickets
  WHERE score IS NOT NULL AND score <> 'unoffered' AND NOT starts_with(score, '{')
),
answers AS (
  SELECT
    source_file,
    source_row,
    document,
    coalesce(document ->> '$.ticket_id',
      regexp_extract(list_filter(document ->> '$.subject_zrns[*]', lambda zrn: contains(zrn, ':ticket:'))[1], '(\d+)$', 1)
    ) AS ticket_id,
    list_filter(
      CAST(document -> '$.answers[*]' AS JSON[]),
      lambda answer: (answer ->> '$.rating') IS NOT NULL
    )[1] AS answer
  FROM survey_responses
),
surveys AS (
  SELECT
    source_file,
    source_row,
    coalesce(document ->> '$.id', ticket_id || ':' || (document ->> '$.survey_id')) AS response_id,
    ticket_id AS interaction_id,
    document ->> '$.updated_at' AS updated_at,
    document ->> '$.created_at' AS offered_at,
    CASE WHEN answer IS NOT NULL
      THEN coalesce(answer ->> '$.updated_at', answer ->> '$.created_at', document ->> '$.updated_at') END AS responded_at,
    'five_point' AS scale,
    answer ->> '$.rating' AS score
  FROM answers
)
SELECT source_file, source_row, 'zendesk' AS source, response_id, updated_at, interaction_id, offered_at, responded_at,
  scale, score
FROM legacy
UNION ALL
SELECT source_file, source_row, 'zendesk', response_id, updated_at, interaction_id, offered_at, responded_at, scale, score
FROM surveys
