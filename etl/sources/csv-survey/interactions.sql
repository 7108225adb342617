-- Every surveyed contact is one. Change the name after AS source to your helpdesk's, and the words to yours.
SELECT
  source_file,
  source_row,
  'survey' AS source,
  Ticket AS interaction_id,
  "Customer no" AS customer_id,
  lower(replace(Topic, ' ', '_')) AS interaction_type,
  CASE Channel WHEN 'E-Mail' THEN 'email' WHEN 'Chat' THEN 'chat' WHEN 'Phone' THEN 'voice' ELSE Channel END AS channel,
  opened AS started_at,
  CASE "Answered by" WHEN 'Bot' THEN 'ai' WHEN 'Bot and agent' THEN 'ai_assisted' WHEN 'Agent' THEN 'human'
    ELSE "Answered by" END AS handled_by,
  -- The dump has minutes. A number that does not read as declared stays text and is refused.
  coalesce(CAST(TRY_CAST(Minutes AS DOUBLE) * 60 AS VARCHAR), Minutes) AS human_seconds
FROM surveys
