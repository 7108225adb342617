-- Nineteen ratings per dialogue from -2 to 2, put on 0 to 100: A task accomplished, E effectiveness.
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
  interaction_id || ':' || rater AS review_id,
  interaction_id,
  'rater-' || rater AS reviewer_id,
  'human' AS reviewer_kind,
  'random' AS sampling,
  1 AS inclusion_probability,
  started_at AS sampled_at,
  started_at AS reviewed_at,
  (CAST((quality ->> '$.A') AS DOUBLE) + 2) * 25 AS resolution,
  (CAST((quality ->> '$.E') AS DOUBLE) + 2) * 25 AS score
FROM ratings
