-- One row per surveyed contact; the desk has no AI.
SELECT
  source_file,
  source_row,
  'ecommerce' AS source,
  "Unique id" AS interaction_id,
  CASE channel_name WHEN 'Outcall' THEN 'outbound' ELSE 'inbound' END AS direction,
  category || ': ' || "Sub-category" AS interaction_type,
  CASE channel_name WHEN 'Email' THEN 'email' WHEN 'Inbound' THEN 'voice' WHEN 'Outcall' THEN 'voice' ELSE channel_name END
    AS channel,
  "Issue_reported at" AS started_at,
  -- The only later time there is.
  issue_responded AS ended_at,
  'human' AS handled_by,
  Order_id AS issue_key,
  connected_handling_time AS human_seconds,
  Item_price AS value_at_stake
FROM contacts
