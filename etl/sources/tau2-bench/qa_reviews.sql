-- One row per graded simulation. The reward is computed by a program that knows the right outcome, for every run.
SELECT
  source_file,
  source_row,
  'tau2-bench' AS source,
  (document ->> '$.id') || ':reward' AS review_id,
  document ->> '$.id' AS interaction_id,
  'tau2-reward' AS reviewer_id,
  'program' AS reviewer_kind,
  'random' AS sampling,
  1 AS inclusion_probability,
  (document ->> '$.end_time') || 'Z' AS sampled_at,
  (document ->> '$.end_time') || 'Z' AS reviewed_at,
  CASE WHEN TRY_CAST(document ->> '$.reward_info.reward' AS DOUBLE) = 1 THEN 'pass' ELSE 'fail' END AS outcome
FROM simulations
WHERE (document ->> '$.reward_info.reward') IS NOT NULL
