-- csatCreatedAt is when the survey was sent, csatAnsweredAt when it was answered.
SELECT
  source_file,
  source_row,
  'zendesk' AS source,
  'qa:' || (document ->> '$.externalTicketId') AS response_id,
  -- An answer that came after the first export replaces the open offer.
  coalesce(document ->> '$.csatAnsweredAt', document ->> '$.csatCreatedAt') AS updated_at,
  document ->> '$.externalTicketId' AS interaction_id,
  document ->> '$.csatCreatedAt' AS offered_at,
  CASE WHEN (document ->> '$.csatRawScore') IS NOT NULL
    THEN coalesce(document ->> '$.csatAnsweredAt', document ->> '$.csatCreatedAt') END AS responded_at,
  'five_point' AS scale,
  document ->> '$.csatRawScore' AS score
FROM surveyed
WHERE (document ->> '$.csatCreatedAt') IS NOT NULL
