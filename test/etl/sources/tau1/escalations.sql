-- At most one per run, however often the agent calls the tool.
WITH named AS (
  SELECT
    *,
    regexp_replace(source_file, '^(.+)-([a-z]+)\.json.*', '\1:\2') AS run,
    document ->> '$.traj[*].tool_calls[*].function.name' AS calls,
    document ->> '$.info.task.actions[*].name' AS gold
  FROM runs
)
SELECT
  source_file,
  source_row,
  'tau1' AS source,
  run || ':' || (document ->> '$.task_id') || ':' || (document ->> '$.trial') || ':esc' AS escalation_id,
  run || ':' || (document ->> '$.task_id') || ':' || (document ->> '$.trial') AS interaction_id,
  '2024-11-22T00:00:00Z' AS escalated_at,
  'other' AS reason,
  list_contains(gold, 'transfer_to_human_agents') AS expected
FROM named
WHERE list_contains(calls, 'transfer_to_human_agents')
