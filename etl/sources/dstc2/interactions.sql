-- One row per call. What the caller wanted to know names the type; the dialogue manager under test is the AI's version.
WITH turns AS (
  SELECT
    source_file,
    source_row,
    -- The best reading of each turn, wherever it stands in the list.
    list_max(CAST(document -> '$.log.turns[*]' AS JSON[]).list_transform(
      lambda turn: CAST((turn ->> '$.output."end-time"') AS DOUBLE)
    )) AS end_seconds,
    list_avg(CAST(document -> '$.log.turns[*]' AS JSON[]).list_transform(
      lambda turn: list_max(CAST((turn ->> '$.input.live."slu-hyps"[*].score') AS DOUBLE[]))
    )) AS confidence
  FROM calls
),
goals AS (
  SELECT source_file, source_row, (document ->> '$.label."task-information".goal."request-slots"[*]') AS wanted
  FROM calls
)
SELECT
  source_file,
  source_row,
  'dstc2' AS source,
  document ->> '$.log."session-id"' AS interaction_id,
  document ->> '$.log."caller-id"' AS customer_id,
  'inbound' AS direction,
  'restaurant:' || CASE len(wanted) WHEN 0 THEN 'any' WHEN 1 THEN wanted[1] ELSE 'several_details' END
    AS interaction_type,
  'voice' AS channel,
  -- The files do not say whose clock it was; it is taken as UTC.
  local_instant(
    (document ->> '$.log."session-date"') || ' ' || (document ->> '$.log."session-time"'), '%Y-%m-%d %H:%M:%S', 'UTC'
  ) AS started_at,
  CAST(local_instant(
    (document ->> '$.log."session-date"') || ' ' || (document ->> '$.log."session-time"'), '%Y-%m-%d %H:%M:%S', 'UTC'
  ) AS TIMESTAMPTZ) + to_microseconds(CAST(end_seconds * 1000000 AS BIGINT)) AS ended_at,
  'ai' AS handled_by,
  -- Score of the best reading of what the caller said, averaged over the turns of the call.
  confidence AS ai_confidence,
  document ->> '$.condition' AS ai_version,
  -- The callers say themselves whether they got what they wanted.
  CASE (document ->> '$.label."task-information".feedback.success')
    WHEN 'true' THEN 'confirmed'
    WHEN 'false' THEN 'unresolved'
  END AS claimed_resolution
FROM calls
JOIN turns USING (source_file, source_row)
JOIN goals USING (source_file, source_row)
