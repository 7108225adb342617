-- The file's name tells model and domain. There are no times at all: the day of publication stands in.
WITH named AS (
  SELECT
    *,
    regexp_extract(source_file, '^(.+)-([a-z]+)\.json', 1) AS model,
    regexp_extract(source_file, '^(.+)-([a-z]+)\.json', 2) AS domain,
    list_distinct(list_filter(
      document ->> '$.info.task.actions[*].name',
      lambda tool: NOT regexp_matches(tool, '^(get_|find_|search_|list_|calculate|think|transfer)')
    )) AS write_tools
  FROM runs
)
SELECT
  source_file,
  source_row,
  'tau1' AS source,
  model || ':' || domain || ':' || (document ->> '$.task_id') || ':' || (document ->> '$.trial') AS interaction_id,
  'inbound' AS direction,
  domain || ':' || CASE len(write_tools)
    WHEN 0 THEN 'information_or_refusal'
    WHEN 1 THEN write_tools[1]
    ELSE 'multi_request'
  END AS interaction_type,
  'chat' AS channel,
  '2024-11-22T00:00:00Z' AS started_at,
  'ai' AS handled_by,
  model AS ai_version,
  true AS is_time_placeholder
FROM named
