-- The id is a snowflake: its upper bits count seconds. The number of turns stands in for a type.
SELECT
  source_file,
  source_row,
  'stc3' AS source,
  document ->> '$.id' AS interaction_id,
  'helpdesk:' || json_array_length(document, '$.turns') || '_turns' AS interaction_type,
  'social' AS channel,
  unix_instant((CAST((document ->> '$.id') AS BIGINT) >> 22) + 515483463) AS started_at,
  'human' AS handled_by,
  'zh' AS language
FROM dialogues
