-- Unanswered calls were given up by the customer.
SELECT
  source_file,
  source_row,
  'call-center' AS source,
  id AS interaction_id,
  reason AS interaction_type,
  CASE channel WHEN 'Call-Center' THEN 'voice' WHEN 'Chatbot' THEN 'chat' WHEN 'Email' THEN 'email' WHEN 'Web' THEN 'web'
    ELSE channel END AS channel,
  call_timestamp AS started_at,
  CASE channel WHEN 'Chatbot' THEN 'ai' ELSE 'human' END AS handled_by,
  CASE WHEN "Answered (Y/N)" = 'N' THEN 'abandoned' END AS exclusion,
  CASE Resolved WHEN 'Y' THEN 'assumed' WHEN 'N' THEN 'unresolved' ELSE Resolved END AS claimed_resolution
FROM calls
