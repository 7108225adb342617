-- Reviews by people, and AutoQA's as those of a judge. The export does not say how a conversation was picked, so
-- people's reviews are targeted: they count as an error rate only once you know and say that they were drawn at random
-- (copy this folder and change the word). AutoQA grades whatever it can, which is a census.
WITH human AS (
  SELECT
    source_file,
    source_row,
    document ->> '$.externalId' AS interaction_id,
    unnest(CAST(document -> '$.reviews[*]' AS JSON[])) AS review
  FROM conversations
),
human_failed AS (
  SELECT
    *,
    list_filter(
      CAST(review -> '$.ratings[*]' AS JSON[]),
      lambda rating: (rating ->> '$.critical') = 'true' AND TRY_CAST((rating ->> '$.score') AS DOUBLE) = 0
    )[1] AS failed
  FROM human
),
automatic AS (
  SELECT
    document ->> '$.autoqaReviewId' AS review_id,
    -- Categories that AutoQA could not judge say nothing.
    sum(TRY_CAST((document ->> '$.score') AS DOUBLE) / TRY_CAST((document ->> '$.ratingMax') AS DOUBLE)
      * coalesce(TRY_CAST((document ->> '$.weight') AS DOUBLE), 1)) * 100
      / sum(coalesce(TRY_CAST((document ->> '$.weight') AS DOUBLE), 1)) AS score,
    bool_or((document ->> '$.isCritical') = 'true' AND TRY_CAST((document ->> '$.score') AS DOUBLE) = 0) AS has_failed,
    min(document ->> '$.rootCauses[0]') AS root_cause
  FROM autoqa_ratings
  WHERE (document ->> '$.evaluated') = 'true' AND TRY_CAST((document ->> '$.ratingMax') AS DOUBLE) > 0
  GROUP BY review_id
),
bot_graded AS (
  SELECT DISTINCT document ->> '$.externalTicketId' AS ticket_id
  FROM autoqa_reviews
  WHERE (document ->> '$.isBot') = 'true'
),
reviews AS (
  SELECT
    source_file,
    source_row,
    'qa:' || (review ->> '$.id') AS review_id,
    review ->> '$.updatedISO' AS updated_at,
    interaction_id,
    -- Reviewers are people: their address stays out.
    'reviewer:' || left(sha256(lower(review ->> '$.reviewer.email')), 16) AS reviewer_id,
    'human' AS reviewer_kind,
    'targeted' AS sampling,
    NULL AS inclusion_probability,
    review ->> '$.createdISO' AS reviewed_at,
    review ->> '$.score' AS score,
    CASE WHEN failed IS NOT NULL THEN 'fail' END AS outcome,
    failed ->> '$.categoryName' AS category,
    coalesce(failed ->> '$.cause', failed ->> '$.causes[0]') AS root_cause
  FROM human_failed
  UNION ALL
  SELECT
    source_file,
    source_row,
    'autoqa:' || (document ->> '$.autoqaReviewId'),
    document ->> '$.updatedAt',
    document ->> '$.externalTicketId',
    'autoqa',
    'judge',
    'random',
    1,
    document ->> '$.createdAt',
    CAST(automatic.score AS VARCHAR),
    CASE WHEN has_failed THEN 'fail' END,
    CASE WHEN has_failed THEN 'critical category' END,
    CASE WHEN has_failed THEN automatic.root_cause END
  FROM autoqa_reviews
  -- Without one evaluated category nothing was graded, which is not a pass.
  JOIN automatic ON automatic.review_id = (document ->> '$.autoqaReviewId')
  LEFT JOIN bot_graded ON bot_graded.ticket_id = (document ->> '$.externalTicketId')
  -- AutoQA grades everybody on a ticket apart. Where it graded the AI, its grade of a person is none of the AI's.
  WHERE bot_graded.ticket_id IS NULL OR (document ->> '$.isBot') = 'true'
)
SELECT
  source_file,
  source_row,
  'zendesk' AS source,
  review_id,
  updated_at,
  interaction_id,
  reviewer_id,
  reviewer_kind,
  sampling,
  inclusion_probability,
  reviewed_at AS sampled_at,
  reviewed_at,
  score,
  outcome,
  CASE
    WHEN outcome IS NULL THEN NULL
    WHEN regexp_matches(lower(concat_ws(' ', category, root_cause)), 'hallucinat|made up|invented') THEN 'hallucination'
    WHEN regexp_matches(lower(concat_ws(' ', category, root_cause)), 'policy|process|complian') THEN 'policy_misapplication'
    WHEN regexp_matches(lower(concat_ws(' ', category, root_cause)), 'tone|empathy|polite') THEN 'tone_mismatch'
    WHEN regexp_matches(lower(concat_ws(' ', category, root_cause)), 'solution|resol|incomplete')
      THEN 'incomplete_resolution'
    ELSE 'other'
  END AS defect,
  CASE WHEN outcome IS NOT NULL THEN 'critical' END AS severity,
  root_cause
FROM reviews
