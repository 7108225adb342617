-- The reward of a program that knows the right outcome.
SELECT
  source_file,
  source_row,
  'tau1' AS source,
  regexp_replace(source_file, '^(.+)-([a-z]+)\.json.*', '\1:\2') || ':' || (document ->> '$.task_id') || ':'
    || (document ->> '$.trial') || ':reward' AS review_id,
  regexp_replace(source_file, '^(.+)-([a-z]+)\.json.*', '\1:\2') || ':' || (document ->> '$.task_id') || ':'
    || (document ->> '$.trial') AS interaction_id,
  'tau-reward' AS reviewer_id,
  'program' AS reviewer_kind,
  'random' AS sampling,
  1 AS inclusion_probability,
  '2024-11-22T00:00:00Z' AS sampled_at,
  '2024-11-22T00:00:00Z' AS reviewed_at,
  CASE WHEN CAST((document ->> '$.reward') AS DOUBLE) = 1 THEN 'pass' ELSE 'fail' END AS outcome
FROM runs
WHERE (document ->> '$.reward') IS NOT NULL
