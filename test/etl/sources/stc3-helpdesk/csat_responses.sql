-- Satisfaction as the raters see it, from -2 to 2, put on 1 to 5: a stand-in for the customer's own answer.
WITH ratings AS (
  SELECT
    source_file,
    source_row,
    document ->> '$.id' AS interaction_id,
    unix_instant((CAST((document ->> '$.id') AS BIGINT) >> 22) + 515483463) AS started_at,
    unnest(CAST(document -> '$.annotations[*].quality' AS JSON[])) AS quality,
    generate_subscripts(CAST(document -> '$.annotations[*].quality' AS JSON[]), 1) AS rater
  FROM dialogues
)
SELECT
  source_file,
  source_row,
  'stc3' AS source,
  interaction_id || ':' || rater AS response_id,
  interaction_id,
  started_at AS offered_at,
  started_at AS responded_at,
  'five_point' AS scale,
  CAST((quality ->> '$.S') AS DOUBLE) + 3 AS score
FROM ratings
