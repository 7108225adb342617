-- Per conversation the reward, by a program, and one verdict per judge prompt. The words of the verdicts drift; what is
-- neither clearly good nor bad is a review without an outcome.
WITH judged AS (
  SELECT source_file, source_row, document, (document ->> '$.judge_verdict') AS verdict FROM entries
  UNION ALL
  -- The raw answers fence their JSON in Markdown.
  SELECT source_file, source_row, document,
    json_extract_string(
      try_cast(regexp_extract(document ->> '$.judge_response', '(?s)\{.*\}') AS JSON),
      '$.verdict'
    )
  FROM answers
),
reviews AS (
  SELECT
    source_file,
    source_row,
    document ->> '$.simulation_id' AS interaction_id,
    document ->> '$.judge_prompt_name' AS reviewer_id,
    'judge' AS reviewer_kind,
    CASE replace(lower(verdict), ' ', '_')
      WHEN 'pass' THEN 'pass'
      WHEN 'satisfied' THEN 'pass'
      WHEN 'satisfactory' THEN 'pass'
      WHEN 'compliant' THEN 'pass'
      WHEN 'correct' THEN 'pass'
      WHEN 'fail' THEN 'fail'
      WHEN 'failure' THEN 'fail'
      WHEN 'unsatisfactory' THEN 'fail'
      WHEN 'unsatisfied' THEN 'fail'
    END AS outcome
  FROM judged
  UNION ALL
  SELECT
    source_file,
    source_row,
    document ->> '$.simulation_id',
    'tau2-reward',
    'program',
    CASE WHEN CAST((document ->> '$.tau2_reward') AS DOUBLE) = 1 THEN 'pass' ELSE 'fail' END
  FROM judged
)
SELECT
  source_file,
  source_row,
  'tau2-judges' AS source,
  interaction_id || ':' || reviewer_id AS review_id,
  interaction_id,
  reviewer_id,
  reviewer_kind,
  'random' AS sampling,
  1 AS inclusion_probability,
  '2025-01-01T00:00:00Z' AS sampled_at,
  '2025-01-01T00:00:00Z' AS reviewed_at,
  outcome
FROM reviews
