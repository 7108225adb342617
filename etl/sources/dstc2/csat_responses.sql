-- One row per answered question. The scale has two kinds of disagreement and three of agreement and no middle, so only
-- agreeing or not is comparable. An answer that is none of the five breaks the row rule of the score.
WITH answers AS (
  SELECT
    source_file,
    source_row,
    document,
    unnest(CAST(document -> '$.label."task-information".feedback.questionnaire[*]' AS JSON[])) AS answer,
    generate_subscripts(CAST(document -> '$.label."task-information".feedback.questionnaire[*]' AS JSON[]), 1)
      AS question_number
  FROM calls
),
timed AS (
  SELECT
    *,
    local_instant(
      (document ->> '$.log."session-date"') || ' ' || (document ->> '$.log."session-time"'), '%Y-%m-%d %H:%M:%S', 'UTC'
    ) AS called_at
  FROM answers
)
SELECT
  source_file,
  source_row,
  'dstc2' AS source,
  (document ->> '$.log."session-id"') || ':' || question_number AS response_id,
  document ->> '$.log."session-id"' AS interaction_id,
  -- Asked at the end of the call, at no recorded time.
  called_at AS offered_at,
  called_at AS responded_at,
  'binary' AS scale,
  CASE (answer ->> '$[1]')
    WHEN 'strongly agree' THEN '1'
    WHEN 'agree' THEN '1'
    WHEN 'slightly agree' THEN '1'
    WHEN 'slightly disagree' THEN '0'
    WHEN 'disagree' THEN '0'
    WHEN 'strongly disagree' THEN '0'
    ELSE 'unknown answer: ' || (answer ->> '$[1]')
  END AS score
FROM timed
