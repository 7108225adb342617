-- At most one row per simulation: the first message in which the assistant calls a transfer tool. Some models call it
-- in a loop, so calls are not conversations.
WITH gold_of_tasks AS (
  SELECT
    source_file,
    document ->> '$.id' AS task_id,
    coalesce(document ->> '$.evaluation_criteria.actions[*].name', []) AS tools
  FROM tasks
  QUALIFY row_number() OVER (PARTITION BY source_file, task_id ORDER BY source_row) = 1
),
messages AS (
  SELECT
    source_file,
    source_row,
    unnest(document -> '$.messages[*]') AS message,
    unnest(range(len(document -> '$.messages[*]'))) AS position
  FROM simulations
),
first_transfers AS (
  SELECT
    source_file,
    source_row,
    arg_min(coalesce(message ->> '$.timestamp', ''), position) AS transferred_at
  FROM messages
  WHERE message ->> '$.role' = 'assistant'
    AND len(list_filter(
      message ->> '$.tool_calls[*].name',
      lambda tool: regexp_matches(tool, '^(transfer|escalate)')
    )) > 0
  GROUP BY source_file, source_row
),
simulated AS (
  SELECT
    source_file,
    source_row,
    document ->> '$.id' AS interaction_id,
    document ->> '$.task_id' AS task_id,
    document ->> '$.end_time' AS end_time,
    document ->> '$.reward_info.action_checks[*].action.name' AS checked_tools
  FROM simulations
)
SELECT
  source_file,
  source_row,
  'tau2-bench' AS source,
  interaction_id || ':esc' AS escalation_id,
  interaction_id,
  -- Runs without message times: the end of the conversation stands in.
  coalesce(nullif(transferred_at, ''), end_time) || 'Z' AS escalated_at,
  'other' AS reason,
  CASE
    WHEN gold_of_tasks.task_id IS NOT NULL
      THEN len(list_filter(gold_of_tasks.tools, lambda tool: regexp_matches(tool, '^(transfer|escalate)'))) > 0
    WHEN len(checked_tools) > 0
      THEN len(list_filter(checked_tools, lambda tool: regexp_matches(tool, '^(transfer|escalate)'))) > 0
  END AS expected
FROM first_transfers
JOIN simulated USING (source_file, source_row)
LEFT JOIN gold_of_tasks USING (source_file, task_id)
